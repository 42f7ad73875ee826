"""The phrases of plain language that name camera moves, as data, and those that only seem to.

Each move has lines `needs: phrase; phrase`. What a phrase needs: `term` names the move wherever it stands, `verb`
needs the camera or nobody as its subject, `camera` needs the camera, `alone` must be all its clause says but for
words of pace, `tag` all but for words of film, and `opens` must stand first in its clause, before nothing or a
preposition. `pan*` is any form of the verb, `(a|b)` a choice, a trailing `?` makes optional, and words in capitals
stand for the ways to say so. A move named with {side}, {height} or {turn} stands for both of its directions, WAY for
the words of each.
"""

from __future__ import annotations

FILM_PHRASES: dict[str, str] = {
    "pan_{side}": """
        verb: pan* with THING WAY; pan* WAY (to follow|following|tracking|with)?
        verb: pan* (the camera|from) WAY; (whip|swish) pan* WAY
        term: WAY pan; WAY (whip|swish) pan; pan (shot|movement|move|motion) WAY
        verb: (turn*|swing*|point*|pan*) (the)? camera WAY
        opens: (sweep|swing|swivel|whip) WAY; WAY sweep
        camera: (turn*|rotate*|swing*|look*|whip*|swivel*|spin*) WAY""",
    "pan": """
        verb: pan* (across|over|along|through|horizontally|sideways)
        term: (whip|swish|slow|quick|fast|rapid|gentle|smooth|horizontal|camera|panoramic) pan !(up|down)(wards?)?
        term: panning shot; pan shot
        verb: pan* (from|to|toward|towards|between); pan* (to follow|following)
        camera: pan*; sweep* (across|over|along); (whip*|swing*) (from|to|toward|towards|across|over)
        opens: sweep (across|over|along)
        camera: (scan*|survey*); (turn*|rotate*|swivel*) (from|to|toward|towards)
        alone: pan""",
    "tilt_{height}": """
        verb: tilt* from THING WAY; tilt* WAY (to follow|following|tracking|with)?; pan* WAY; tilt* (the)? camera WAY
        term: WAY tilt; tilt (shot|movement|move|motion) WAY
        camera: (look*|angle*|swing*|turn*|rotate*|pitch*|glance*|peer*|gaze*|point*) WAY""",
    "tilt": """
        term: (slow|quick|gentle|smooth|vertical|camera) tilt; tilt shot
        verb: tilt* (from|over|along|across)
        camera: tilt*
        alone: tilt""",
    "truck_{side}": """
        verb: (truck*|crab*|strafe*) WAY; (track*|dolly*) WAY; track* from WAY
        verb: track* (with|beside|alongside|along)? THING WAY; follow* THING WAY
        term: (slow|gentle|subtle|smooth|slight) (drift|glide|slide|float|move) WAY
        term: WAY (truck|trucking|dolly|slide|track|slider|tracking) (shot|move|movement)?
        term: (trucking|lateral|sideways|slider|tracking) (shot|move|movement|slide|track|dolly)? WAY
        opens: (slide|drift|glide|float|move|shift|travel|movement|motion|tracking|dolly|side step) (shot)? WAY
        opens: (camera|cam|drone) WAY; WAY (slide|drift|glide|float|move|shift|travel|movement)
        term: WAY camera (movement|move|motion); camera (movement|move|motion) WAY
        verb: (move*|slide*|shift*|bring*) (the)? camera WAY
        camera: SIDEWAYS WAY; SIDEWAYS (sideways|laterally|horizontally) WAY""",
    "truck": """
        verb: truck* (past|along|across|sideways|alongside)
        term: trucking shot; slider shot; (lateral|sideways) (tracking|dolly|slide|move|movement|motion) (shot)?
        camera: SIDEWAYS (sideways|laterally|horizontally|past|along|across); truck*
        alone: truck""",
    "pedestal_{height}": """
        verb: (pedestal*|crane*|boom*|jib*) WAY
        term: (slow|gentle|subtle|smooth|slight) (drift|glide|slide|float|move|rise|lift) WAY
        term: WAY (crane|pedestal|boom|jib); (crane|jib|boom) (shot|move|movement) WAY
        term: WAY camera (movement|move|motion); camera (movement|move|motion) WAY
        verb: (move*|lift*|raise*|lower*|bring*) (the)? camera WAY
        opens: WAY (movement|motion|move|drift|glide|slide|float)
        opens: (camera|cam|drone) WAY; (slide|drift|glide|float|move|rise|lift|climb|travel|pull|movement|motion) WAY
        camera: VERTICALLY from THING WAY; VERTICALLY WAY; VERTICALLY vertically WAY""",
    "pedestal_up": """
        term: (slow|gentle|steady) (ascent|climb)
        term: (rising|elevating|ascending) (camera|crane|drone|aerial|boom|shot) (shot)?; aerial ascent
        opens: rise; ascent; climb; ascend; lift (off)?
        term: bird's eye (view|shot)? (rise*|ascend*|lift*)
        camera: (rise*|ascend*|climb*|elevate*|soar*); lift* (off)?""",
    "pedestal_down": """
        term: (slow|gentle|steady) descent
        opens: descent; descend; sink
        term: (descending|lowering) (camera|crane|drone|aerial|boom|shot) (shot)?; aerial descent
        camera: (descend*|sink*|lower*|drop*)""",
    "pedestal": """
        term: (crane|jib|boom) (shot|move|movement)""",
    "push_in": """
        verb: push* (IN|forward|closer|toward|towards|into|through)
        verb: (move*|bring*|push*) (the)? camera (IN|closer|forward|nearer)
        verb: (dolly*|truck*|track*) (IN|forward|forwards|toward|towards|closer|into)
        term: tracking (shot)? (in|forward|forwards|closer); push in; (slow|gentle|smooth) pull in; pushin; dolly in
        term: (slow|gentle|subtle|smooth) push
        term: (slow|gentle|subtle|smooth) (creep|drift|glide|move|float) (IN|forward|closer|toward|towards)
        term: inward dolly; dolly (shot|push); dolly on
        alone: dolly
        term: forward (dolly|push|tracking|track|motion|movement); flythrough; fly through shot
        term: (walk|walking|moving|flying|gliding|drifting|travelling) forward (pov|shot|view|perspective)
        term: (fpv|drone) (flight|flying|fly) (through|over|forward)?
        opens: (forward|onward) (glide|drift|move|flight|travel|slide|float|track)
        opens: forward; forwards; dolly; (push|move|glide|drift|creep|ease|inch|dolly|track|float|fly) IN
        opens: TRAVELLING (forward|forwards|closer|nearer|toward|towards|through); push; creep
        opens: approach
        camera: TRAVEL (IN|into|through|forward|forwards|closer|nearer|toward|towards|over|ahead|between|up to)
        camera: push* past
        camera: TRAVEL (down the|downstream|upstream); (drive*|ride*|walk*|run*|sail*|race*) (down|along|on|across)
        camera: (approach*|nears|nearing|advance*|dive*|dolly*|tighten*)
        camera: (close*|home*|zero*) in; get* (closer|nearer)""",
    "pull_out": """
        verb: (move*|pull*) (the)? camera (OUT|back|backward|backwards|away)
        verb: push* OUT; pull* (OUT|back|backward|backwards|away); pull* up and (away|back|out)
        verb: (dolly*|truck*|track*) (OUT|back|backward|backwards|away)
        term: tracking (shot)? (out|back|backward|backwards); pull (out|back); pullback; pullout; dolly (out|back)
        term: reverse dolly; (slow|gentle|subtle|smooth) (creep|drift|glide|move|float) (OUT|back|backward|away)
        term: (backward|backwards) (dolly|tracking|track|movement|motion|move)
        opens: (backward|backwards) (glide|drift|move|flight|travel|slide|float|track)
        opens: TRAVELLING (OUT|back|backward|backwards|away); pull; retreat
        camera: TRAVEL (OUT|back|backward|backwards|away|further|farther)
        camera: (retreat*|recede*|withdraw*|widen*); back* (away|up|off|out)""",
    "zoom_in": """
        term: ken burns (effect|zoom|move)?
        verb: zoom* (IN|into|on|onto|to|toward|towards|closer|forward); zoom*; punch* IN
        term: (crash|snap|punch|quick|fast|slow|rapid|gentle|subtle|smooth|camera|dramatic) zoom (IN|into|on)?""",
    "zoom_out": """
        verb: zoom* (OUT|back|backward|backwards|away)
        term: (crash|snap|quick|fast|slow|rapid|gentle|subtle|smooth|camera|dramatic) zoom (OUT|back|away)""",
    "orbit_{turn}": """
        verb: (orbit*|arc*) (AROUND)? (THING)? WAY
        term: WAY (orbit|arc); (orbit|arc|orbital|orbiting) (shot|movement|move|motion)? WAY
        opens: (circle|loop|rotate|rotation|spiral|swing) AROUND? (THING)? WAY
        camera: ROUND WAY (around|round); ROUND AROUND (THING)? WAY; (circle*|encircle*) (THING)? WAY""",
    "orbit": """
        verb: (orbit*|arc*) (AROUND)?; (pan*|truck*|dolly*|circle*) AROUND
        term: (orbit|orbital|orbiting|arc|arcing) (shot|movement|move|motion|camera|pan|tracking|dolly|view)
        term: (rotating|revolving|spinning|spiralling|spiraling) (shot|view) (around)?
        term: (rotating|revolving|spinning|spiralling|spiraling|moving) camera (around|round)
        verb: (rotate*|move*|turn*|swing*|spin*) (the)? camera AROUND
        term: (circular|circling) (shot|movement|move|motion|camera|pan|tracking|dolly|view)
        term: (slow|smooth|gentle|quick|fast|half|full|semi) (orbit|arc); camera orbit; bullet time
        term: turntable (shot|camera|spin|rotation|move)
        term: 360 (degree|degrees)? (orbit|shot|rotation|pan|view|spin|turn|move|movement|camera)
        verb: 360 (degree|degrees)?
        opens: (circle|loop|move|glide|drift|swing|spin|rotate|rotation|travel|spiral|float|sweep|fly|track) AROUND
        opens: (half|full|wide|tight|slow)? circle
        camera: ROUND (up|down|upward|upwards|downward|in|out)? AROUND; (circle*|encircle*)
        camera: ROUND in (a|full)? (circle|circles|arc|circular (motion|path))""",
    "roll_{roll}": """
        verb: (roll*|tilt*) (the)? camera WAY
        opens: roll WAY; (rotation|rotate|spin|twist) CLOCKWISE_WAY
        term: WAY roll; (camera|barrel|dutch) (roll|tilt) WAY; dutch angle (shot|to)? WAY
        camera: (roll*|tilt*|lean*|bank*) WAY; (rotate*|spin*|twist*|turn*) (WORD (degrees|degree))? CLOCKWISE_WAY""",
    "roll": """
        term: barrel roll; camera roll; dutch (roll|tilt|angle); canted (angle|tilt)
        camera: (roll*|spin*|twist*|rotate*); tilt* sideways; tilt* (to (one|the|its) side)
        opens: roll; rotation; spin; twist
        term: horizon tilt*; (rotating|spinning|twisting) camera !around !round""",
    "dolly_zoom": """
        term: dolly zoom*; dollyzoom; zolly; vertigo (effect|shot|zoom); (hitchcock|contra) zoom; zoom dolly
        term: trombone shot""",
    "rack_focus": """
        term: rack* (the)? focus; focus (rack*|pull*|shift*|transition*|change*|move*|slide*)
        term: refocus*; shift* (in|of) focus
        term: (pull*|shift*|change*|switch*|transition*) (the|its)? focus
        term: (come*|snap*|slide*|drift*) into (sharp)? focus
        term: (go*|fall*|slide*|drift*) out of focus; (background|foreground) (blurs|sharpens)
        verb: rack* (from|to|between)""",
    "shake": """
        term: handheld; hand held; shaky (cam|camera|footage|handheld|shot); shakycam; (earthquake|impact) shake
        term: camera (shake|shakes|tremor|trembling|jitter|vibration)
        term: (trembling|shaking|vibrating|jittery|wobbly) (camera|cam|lens|shot|frame)
        camera: (shake*|tremble*|vibrate*|jitter*|wobble*|judder*|rattle*|sway*|bob*|rock*|bump*|jolt*|bounce*|quiver*)
        alone: shake
        tag: shaky; wobbly; jittery""",
    "tracking": """
        term: tracking (shot|camera|movement|move)?; follow (shot|cam); following shot; chase (shot|cam); followcam
        verb: (following|trailing|chasing) (him|her|them|it|the|a|an|his|behind|along|from)
        opens: follow
        camera: (follow*|track*|chase*|trail*|pursue*); keep* (pace|up) with; stay* with
        camera: (move*|travel*|glide*|run*|walk*|ride*|fly*|race*) (along)? (with|alongside|beside)""",
    "static": """
        term: STILL (FRAMED)? (close up|closeup)? (LENS|angle|position|tripod)
        term: (static|fixed|locked) (low|high) angle; (static|fixed|locked) (wide|medium|close up|closeup|macro)
        term: camera (movement|motion|move|work)? (none|static|locked|fixed); keep* everything else STILL
        term: (make*|keep*|leave*) everything (else)? STILL
        term: (aerial|overhead|top|drone|wide|close|medium|long|full|macro|portrait) (shot|view|angle)? FIXED
        term: everything else STILL; nothing else (move*|change*)?; everything else (stays|remains|is) STILL
        term: camera fix
        term: locked (off|down); tripod; (camera|cam) STILL; (do not|don't|never|not) move (the)? (camera|frame|shot)
        term: (no|without|zero|avoid) (any)? (camera|cam) (move*|movement|movements|motion|motions|shift)
        term: no (movement|motion) (of|from|by) the camera; without moving the camera
        term: (keep*|hold*|leave*|make*) (the|your)? LENS (completely|perfectly|absolutely)? STILL
        term: LENS (itself|position)? STAYS (completely|perfectly|totally|absolutely|entirely)? STILL
        term: LENS NEVER (move*|change*|shift*)
        camera: NEVER (move*|change*|shift*)
        tag: static; fixed; locked; locked off; locked down; stationary; motionless; still frame; still camera
        alone: no (movement|motion|moves|move); without (movement|motion)
        alone: (camera|cam|drone) (stays|stay|remains); static; still; fixed; motionless; stationary""",
    "hold": """
        opens: (stop|pause|halt) (at|on|in|before|there|here)
        verb: (hold|pause|linger) (on|still|steady|there|here|for|the shot|the frame|the wide)
        camera: (hold*|pause*|stop*|settle*|linger*|freeze*|rest*|halt*|hover*) !up !down
        camera: come* to (a|an)? (rest|stop|halt|standstill)
        alone: hold; pause; stop; freeze
        alone: (hold|pause|wait|stay|stop) (one|two|three|four|five) (second|seconds|beats)""",
}
"""Ways to name each camera move, or a family of moves whose direction the words leave open."""

PLACEHOLDERS: dict[str, str] = {
    "LEFT": "(from|the)? right to (the)? left|(from)? r to l|"
    "(to|toward|towards|off to|over to)? (the|its|screen|camera|frame)? "
    "(left|leftward|leftwards)",
    "RIGHT": "(from|the)? left to (the)? right|(from)? l to r|"
    "(to|toward|towards|off to|over to)? (the|its|screen|camera|frame)? "
    "(right|rightward|rightwards)",
    "UP": "up|upward|upwards|skyward|skywards",
    "DOWN": "down|downward|downwards",
    "IN": "in|inward|inwards|closer in",
    "OUT": "out|outward|outwards",
    "AROUND": "(all the way|in a circle|in a (half|semi) circle)? (around|round)",
    "THING": "(the|a|an|her|his|their|its)? WORD|(the|a|an|her|his|their|its) WORD WORD",
    "SIDEWAYS": "move*|glide*|drift*|shift*|travel*|float*|fly*|go*|slide*|sweep*|track*|dolly*",
    "VERTICALLY": "move*|rise*|float*|fly*|lift*|glide*|go*|travel*|climb*|soar*|drift*|drop*|sink*|sweep*|slide*|"
    "swoop*|plunge*|dive*|dip*|pull*",
    "TRAVEL": "slide*|step*|draw*|dolly*|"
    "move*|glide*|drift*|travel*|float*|fly*|go*|creep*|inch*|advance*|push*|come*|ease*|sweep*|rush*|"
    "race*|walk*|weave*|wander*|roam*|meander*|navigate*|venture*|plunge*|swoop*|drive*|roll*|"
    "edge*|nudge*|pass*|steal*|crawl*|cruise*|slip*",
    "TRAVELLING": "camera|cam|drone|"
    "move|glide|drift|travel|float|fly|creep|inch|push|ease|sweep|walk|slide|pull|dolly|track|"
    "tracking|movement|motion|flight",
    "ROUND": "move*|glide*|drift*|travel*|float*|fly*|go*|rotate*|revolve*|spin*|turn*|swing*|sweep*|track*|walk*|"
    "wrap*|swirl*|spiral*|circle*|pan*",
    "STILL": "static|fixed|stationary|still|motionless|immobile|unmoving|locked|locked off|locked down|steady|stable|"
    "in place|put",
    "FRAMED": "wide|close|medium|long|full|frontal|front|side|overhead|macro|aerial|establishing|tripod|"
    "top down|top|low angle|high angle|eye level|bird's eye|medium|tight|product|studio|cinematic|portrait",
    "LENS": "camera|cam|shot|frame|framing|lens|view|viewpoint|perspective",
    "FIXED": "static|fixed|stationary|locked|motionless|locked off|locked down",
    "STAYS": "is|begins|starts|opens|"
    "stays|remains|keeps|staying|remaining|stay|remain|being|held|holds|sits|stands|kept|"
    "(must|should|to) (be|stay|remain)|being kept",
    "NEVER": "(do|does|should|must|will|is|are)? not|doesn't|don't|never|isn't|shouldn't|won't|cannot|can't",
}
"""Words written in capitals in the phrases, and what each stands for."""

DIRECTIONS: dict[str, dict[str, str]] = {
    "side": {"left": "LEFT", "right": "RIGHT"},
    "height": {"up": "UP", "down": "DOWN"},
    "turn": {"left": "(LEFT|CLOCKWISE)", "right": "(RIGHT|COUNTERCLOCKWISE)"},
    "roll": {"left": "(LEFT|COUNTERCLOCKWISE)", "right": "(RIGHT|CLOCKWISE)"},
}
"""The two directions of a family. A clockwise orbit, seen from above, takes the camera to its left."""

CLOCKWISE = "clockwise"
COUNTERCLOCKWISE = "(counter|anti) clockwise|counterclockwise|anticlockwise"

NOT_CAMERA = """
    (frying|sauce|baking|cooking|roasting|hot|bread|drip|dust|peter|brass|iron|copper|oil|grill) (pan|pans)
    (pan|pans) (of|flute|pipe|pipes|fried|seared|pizza|lid|handle|on (the|a)|full)
    (in|into|from|to|over) (a|the|her|his|their|hot) (pan|pans)
    (pan|pans|panned|panning) for gold
    zoom (call|calls|meeting|meetings|class|background|window|lens)
    (on|over|via) zoom
    (roll|rolls) of
    (spring|egg|sushi|cinnamon|bread|sausage|rock and|rock n|drum|toilet) (roll|rolls)
    dolly (the sheep|parton|sheep)
    track and field
    (race|running|train|railway|railroad|sound|dirt|athletics) (track|tracks)
    (track|train) (suit|record)
    (the|a) (track|tracks)
    shake* (hands|her|his|its|their|the|my|off)
    shake* a !little !bit !touch !lot
    (milk|protein|chocolate|vanilla) (shake|shakes)
    (orbiting|orbital) (satellite|satellites|station|planet|moon|spacecraft|telescope|debris)
    (into|low|earth) orbit; in orbit !left !right !around
    (his|her|their|my) tripod; (with|behind|beside) (a|the) tripod; (set*|fold*|carry*) (up)? (a|the|his|her) tripod
    static (electricity|noise|charge|hair|cling)
    (fire|pickup|food|dump|tow|monster|semi|ice cream|delivery|garbage) (truck|trucks)
    (a|the|red|old|blue|white|big) (truck|trucks) !left !right !shot
    tracking (device|number|system|code|app)
    (construction|tower|paper|origami|a|the|white|red|two|three) (crane|cranes) !shot !move !movement !up !down
    (sonic|baby|a) (boom|booms)
    tilt* (her|his|its|their|the|my|your) (head|face|chin|hat|glass|body|bottle|cup|umbrella)
    (reactor|electric|triumphal) arc
    arc (de|reactor|lamp|welder)
    still (life|has|have|holding|looking|wearing|in|on)
    (a|the) (still|fixed) (pond|lake|sea)
    follow* by
    as follows
    look* down (from|on|upon|at)
"""
"""Readings of film words that name no camera move, one per line."""
