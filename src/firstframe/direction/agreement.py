"""Verbs that the costs between neighbours do not show: plain verbs that agree with a plural, or that follow "let"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from firstframe.direction import lexicon
from firstframe.direction.action_words import HELPERS, OFTEN_NOUNS
from firstframe.direction.scene_words import SHINING_VERBS
from firstframe.direction.word_readings import known_verbs, noun_tag, rather_nouns, readings, scene_nouns

_NOUNS, _VERBS = "NASE", "ZVGP"
_ANY_NOUN_AS_VERB = 3.0
"""Cost of the verb that is made of a noun for once."""
_BODY_NOUNS = frozenset(
    "face hand head eye back nose arm leg foot finger mouth nail shoulder elbow palm thumb knee".split()
)
_MATERIALS = frozenset(
    "stone wood marble brick rock iron steel metal concrete glass bamboo clay granite bronze".split()
)
_WORKS = frozenset("film movie documentary commercial advert footage drama thriller comedy".split())
"""What a picture may be: the end of a list of words that says what kind it is, "playful family film"."""
_CAUSES = frozenset("want let lets make makes making".split())


def with_plain_verbs(texts: Sequence[str], boundaries: Sequence[str], found: list[str]) -> list[str]:
    """Plain verbs that neighbours alone do not show: after "let", after joined names ("skirt and hair flutter")."""
    caused = joined = False
    last = 0
    for index, tag in enumerate(found):
        if boundaries[index]:
            caused = joined = False
        caused = caused or texts[index] in _CAUSES
        joined = joined and tag not in "ZVBI"
        joined = joined or (texts[index] == "and" and index > 0 and found[index - 1] in _NOUNS)
        joined = joined or (texts[index] == "of" and index > 0 and found[index - 1] in "SE")
        ends = index + 1 == len(found) or bool(boundaries[index + 1]) or found[index + 1] in "IRCDP"
        if tag in "NA" and index and not boundaries[index] and ends and _can_be_plain_verb(texts[index]):
            wanted = caused and texts[index - 1] == "to" and "want" in texts[:index]
            named = found[last] == "J" and (joined or noun_tag(texts[last]) is not None)
            follows = found[last] in "NAO" or named or (caused and texts[last] == "her")
            if wanted:
                found[index - 1] = "M"
            if wanted or ((caused or joined) and follows) or _is_unmarked(texts, boundaries, found, index):
                found[index], joined = "V", False
                found[last] = "N" if found[last] == "J" else found[last]
        if tag == "S" and index > 1 and not boundaries[index] and _is_act_after_colour(texts, index):
            found[index - 1], found[index] = "N", "Z"
        if tag == "Z" and index > 1 and found[index - 1] == "N" and _is_acting(found, index - 2):
            is_object = not (boundaries[index] or boundaries[index - 1]) and texts[index] in scene_nouns()
            found[index] = "S" if is_object else "Z"
        if tag == "Z" and index and found[index - 1] == "N" and not boundaries[index] and _is_compound(texts, index):
            starts = boundaries[index - 1] or (index > 1 and found[index - 2] == "J" and boundaries[index - 2])
            alone = index + 1 == len(found) or boundaries[index + 1]
            found[index] = "S" if starts and alone else found[index]
        if tag == "V" and texts[index] in _WORKS and (index + 1 == len(found) or boundaries[index + 1]):
            found[index] = "N"
        if tag == "S" and boundaries[index] == "," and _lists_acts(texts, boundaries, found, index):
            found[index] = "Z"
        last = last if tag == "R" else index
    for start, end in _stretches(boundaries, found):
        _find_late_verb(texts, found, start, end)
    return found


def _is_acting(found: list[str], index: int) -> bool:
    """Whether a verb takes what follows as its object: not "torn" in "her torn veil"."""
    return found[index] in _VERBS and not (found[index] in "PG" and index > 0 and found[index - 1] in "DJ")


def _lists_acts(texts: Sequence[str], boundaries: Sequence[str], found: list[str], index: int) -> bool:
    """Whether a word behind a comma stands among acts: "holds it up, bites off the thread and smooths the seam"."""
    sentence = next((place for place in range(index, 0, -1) if boundaries[place] == "#"), 0)
    end = next((place for place in range(index + 1, len(found)) if boundaries[place]), len(found))
    acted = "Z" in found[sentence:index] and known_verbs().get(texts[index], ("", ""))[1] == "Z"
    goes_on = any(texts[place] == "and" and found[place + 1] == "Z" for place in range(index + 1, end - 1))
    return acted and goes_on and index + 1 < end and found[index + 1] in "ID"


def _stretches(boundaries: Sequence[str], found: list[str]) -> list[tuple[int, int]]:
    """First and last index, the last excluded, of what stands between punctuation or conjunctions."""
    if not boundaries:
        return []
    starts = [index for index, boundary in enumerate(boundaries) if boundary or index == 0 or found[index] == "C"]
    return list(zip(starts, [*starts[1:], len(boundaries)], strict=True))


def _find_late_verb(texts: Sequence[str], found: list[str], start: int, end: int) -> None:
    """The verb of a stretch whose plural subject hides it: "clocks on the wall tick", "shutters open"."""
    start += found[start] == "C"
    _put_plural_aside(texts, found, start, end)
    tags = found[start:end]
    at = next((place for place, tag in enumerate(tags) if tag not in "NJD"), 0)
    if len(tags) > at + 1 and tags[at] + tags[at + 1] == "ZN" and texts[start + at] in scene_nouns():
        leads_on = set(tags[at + 2 :]) <= set("RI") or (tags[at + 2] == "I" and noun_tag(texts[start + at]) == "S")
        if _can_be_plain_verb(texts[start + at + 1]) and leads_on:
            found[start + at], found[start + at + 1] = "S", "V"
    elif set(tags).isdisjoint("ZVBM"):
        late = _place_of_late_verb(texts[start:end], "".join(tags))
        if late is not None:
            found[start + late] = "V"


def _put_plural_aside(texts: Sequence[str], found: list[str], start: int, end: int) -> None:
    """Tell plurals that look like verbs from verbs that look like plurals, and "to play" from "to the play"."""
    ends_in_s = end - start > 1 and found[end - 1] == "Z"
    autumn_leaves = ends_in_s and texts[end - 1] == "leaves" and found[end - 2] in "NJ"
    if autumn_leaves or (ends_in_s and _closes_a_place(found[start:end])):
        found[end - 1] = "S"
    for index in range(max(start, 1), end - 1):
        pair = _meant_pair(texts, found, start, index)
        if pair:
            found[index : index + 2] = pair


def _meant_pair(texts: Sequence[str], found: list[str], start: int, index: int) -> str | None:
    """What two words next to each other are, where their costs alone mislead."""
    before, here, tag = found[index - 1], texts[index], found[index]
    verb_follows = known_verbs().get(texts[index + 1], ("", ""))[1] == "Z"
    if here == "to" and texts[index - 1] in HELPERS and _can_be_plain_verb(texts[index + 1]):
        return "MV"
    if here == "lights" and texts[index + 1] == "up" and before in "CNR":
        return "Z" + found[index + 1]
    if tag == "V" and noun_tag(here) == "N" and before in "AE" and verb_follows:
        return "NZ"  # "a goldfish bowl stands"
    is_plural = tag == "Z" and noun_tag(here) in ("S", "E") and before in "NJD"
    if is_plural and found[index + 1] == "S" and verb_follows and "I" in found[start:index]:
        return "SZ"  # "a girl in rubber boots stands"
    return None


def _closes_a_place(tags: list[str]) -> bool:
    """Whether the last word in -s ends a place after the verb: "glides past a row of market stalls"."""
    return re.search("Z[^WZ]*IR?[^WZ]*N$", "".join(tags[:-1])) is not None


def _place_of_late_verb(texts: Sequence[str], tags: str) -> int | None:
    opens = re.search("(?<=[SE])[JNI](?=R*$)", tags)
    if opens and texts[opens.start()] == "open":
        return opens.start()
    after_name = re.finditer("(?<=N)N(?=[IR]|$)", tags)
    governed = re.search("[SEA]R?I", tags)
    places = (match.start() for match in after_name if governed and match.start() > governed.end())
    plural = governed is not None and tags[governed.start()] != "A"
    fitting = (place for place in places if plural or noun_tag(texts[place]) is None)
    return next((place for place in fitting if _can_be_plain_verb(texts[place])), None)


def _is_act_after_colour(texts: Sequence[str], index: int) -> bool:
    """Whether a word in -s is what somebody in a colour does: "a woman in red walks"."""
    in_colour = texts[index - 2] in ("in", "all", "wearing") and texts[index - 1] in lexicon.COLOURS
    return in_colour and texts[index] in known_verbs() and texts[index] not in scene_nouns()


def _is_compound(texts: Sequence[str], index: int) -> bool:
    """Whether a bare thing and a word in -s that is a noun in the first place belong together: "lily pads"."""
    shines = known_verbs().get(texts[index], ("", ""))[0] in SHINING_VERBS.split()
    is_part = (noun_tag(texts[index]) == "S" or texts[index] in OFTEN_NOUNS) and not shines
    if is_part and (texts[index - 1] in _MATERIALS or lexicon.kind_of_noun(texts[index - 1]) == "building"):
        return True
    return known_verbs().get(texts[index], ("", ""))[0] in rather_nouns() and lexicon.kind_of_noun(
        texts[index - 1]
    ) not in ("food", "vehicle", "product")


def _can_be_plain_verb(word: str) -> bool:
    return word in known_verbs() and any(tag == "V" and cost < _ANY_NOUN_AS_VERB for tag, cost in readings(word))


def _is_unmarked(texts: Sequence[str], boundaries: Sequence[str], found: list[str], index: int) -> bool:
    """Whether a plain verb follows a single person or animal, as in broken English: "the girl smile and wave"."""
    if lexicon.kind_of_noun(texts[index]) not in (None, "body") or texts[index] in _BODY_NOUNS:
        return False
    is_no_noun = noun_tag(texts[index]) is None and texts[index] not in OFTEN_NOUNS
    leads_on = index + 1 < len(found) and not boundaries[index + 1] and found[index + 1] in "ID"
    after_living = found[index - 1] == "A" or (found[index - 1] == "N" and is_no_noun and leads_on)
    goes_on = texts[index - 1] == "and" and index > 1 and found[index - 2] == "V" and not boundaries[index - 1]
    return after_living or goes_on
