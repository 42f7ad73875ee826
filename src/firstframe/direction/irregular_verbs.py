"""Irregular English verbs as data: plain form, past, and participle where it differs."""

from __future__ import annotations

IRREGULAR_VERBS = """
    arise arose arisen; awake awoke awoken; bear bore borne; beat beat beaten; become became become; begin began begun
    bend bent; bet bet; bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred
    bring brought; build built; burst burst; buy bought; cast cast; catch caught; choose chose chosen; cling clung
    come came come; creep crept; cut cut; deal dealt; dig dug; draw drew drawn; drink drank drunk; drive drove driven
    eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled; fling flung
    fly flew flown; forget forgot forgotten; freeze froze frozen; get got gotten; give gave given; grind ground
    grow grew grown; hang hung; hear heard; hide hid hidden; hit hit; hold held; keep kept; kneel knelt; knit knit
    know knew known; lay laid; lead led; leap leapt; leave left; lend lent; let let; light lit; lose lost; make made
    meet met; mow mowed mown; pay paid; put put; read read; ride rode ridden; ring rang rung; rise rose risen
    run ran run; say said; see saw seen; seek sought; sell sold; send sent; set set; sew sewed sewn
    shake shook shaken; shear sheared shorn; shed shed; shine shone; shoot shot; show showed shown; shrink shrank shrunk
    shut shut; sing sang sung; sink sank sunk; sit sat; sleep slept; slide slid; sling slung; slit slit
    sow sowed sown; speak spoke spoken; spill spilt; spin spun; spit spat; split split; spread spread
    spring sprang sprung; stand stood; steal stole stolen; stick stuck; sting stung; stride strode stridden
    strike struck; string strung; sweep swept; swell swelled swollen; swim swam swum; swing swung; take took taken
    teach taught; tear tore torn; tell told; think thought; throw threw thrown; thrust thrust; tread trod trodden
    unwind unwound; upset upset; wake woke woken; wear wore worn; weave wove woven; weep wept; win won; wind wound
    wring wrung; write wrote written
"""
"""One verb between two semicolons or ends of lines."""


def past_forms() -> dict[str, tuple[str, ...]]:
    """Plain form of an irregular verb -> its past, and its participle where that differs."""
    entries = IRREGULAR_VERBS.replace(";", "\n").splitlines()
    return {words[0]: tuple(words[1:]) for words in (entry.split() for entry in entries) if words}
