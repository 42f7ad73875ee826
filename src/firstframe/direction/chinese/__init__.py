"""Reading Chinese: words, clauses and who acts in them, camera moves, pace, scene motions and acts; no English here."""
