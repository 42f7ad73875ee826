"""Words of time in a prompt: "after three seconds", "for the first two seconds", "at the end", "0-3s"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERS = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True)) | {
    "a": 1,
    "half a": 0.5,
    "a couple of": 2,
    "a few": 3,
    "1/2": 0.5,
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
}
_N = r"(?P<{}>\d{{1,3}}(?:\.\d{{1,3}})?|half a|a couple of|a few|one|two|three|four|five|six|seven|eight|nine|ten|a)"
_SECONDS = r"\s{0,4}(?:seconds?|secs?|s)\b"
_ABOUT = r"(?:about |around |roughly |approximately |exactly |some )?"
_N1, _N2 = _N.format("n"), _N.format("m")

_FORMS: tuple[tuple[str, str], ...] = (
    (
        "range",
        rf"\(?\b(?:from |between )?{_N1}(?:{_SECONDS})?\s{{0,2}}(?:-|–|—|to|and|until)\s{{0,2}}{_N2}{_SECONDS}\)?:?",
    ),
    ("range", r"\(?\b(?P<n>\d{1,2}:\d\d)\s{0,2}(?:-|–|—|to)\s{0,2}(?P<m>\d{1,2}:\d\d)\b\)?:?"),
    (
        "first",
        rf"\b(?:for|in|during|over|within|throughout)? ?(?:the |its )?(?:first|opening) {_ABOUT}{_N1}{_SECONDS}",
    ),
    (
        "last",
        rf"\b(?:for|in|during|over|within)? ?(?:the |its )?(?:last|final|closing) (?:{_ABOUT}{_N1}{_SECONDS}|second\b)",
    ),
    ("after", rf"\b(?:after|{_N1.replace('<n>', '<k>')}{_SECONDS} (?:later|in))(?: {_ABOUT}{_N1}{_SECONDS})?"),
    ("at", rf"\bat (?:the )?{_N1}(?:\s?-?(?:second|s)\b)(?: mark| point)?|\bat (?:the )?second {_N2}\b"),
    ("for", rf"\b(?:for|lasting|over|within|across) (?:the )?{_ABOUT}{_N1}{_SECONDS}"),
    ("first half", r"\b(?:for|in|during|over|throughout) (?:the )?first half\b"),
    (
        "halfway",
        r"\b(?:in|during|over) (?:the )?second half\b|\b(?:halfway|midway|half way)(?: through)?\b|\bat the midpoint\b",
    ),
    ("end", r"\b(?:at|in|towards?|near|by) the (?:very )?end\b"),
    ("start", r"\b(?:at first|initially|(?:at|in|from) the (?:very )?(?:beginning|start)|to start with)\b"),
    ("after", r"(?P<n>\d{1,2}|[一两二三四五六])秒后"),
    ("first", r"前(?P<n>\d{1,2}|[一两二三四五六])秒"),
)
_COMPILED = tuple((form, re.compile(expression)) for form, expression in _FORMS)


@dataclass(frozen=True)
class TimePhrase:
    """One statement about time, with its place in the text; seconds as said, not yet placed in a clip."""

    start: int
    end: int
    form: str
    """range, first, last, after, at, for, first half, halfway, end, start."""
    seconds: float | None = None
    until_seconds: float | None = None


def time_phrases(text: str) -> tuple[TimePhrase, ...]:
    """Every statement about time in normalised text, in order, without overlaps."""
    found: list[TimePhrase] = []
    for form, expression in _COMPILED:
        for match in expression.finditer(text):
            phrase = _read(form, match)
            if phrase and not any(phrase.start < other.end and other.start < phrase.end for other in found):
                found.append(phrase)
    return tuple(sorted(found, key=lambda phrase: phrase.start))


def _read(form: str, match: re.Match[str]) -> TimePhrase | None:
    groups = match.groupdict()
    seconds = _number(groups.get("n") or groups.get("k") or (groups.get("m") if form == "at" else None))
    until = _number(groups.get("m")) if form == "range" else None
    if form == "after" and seconds is None:
        return None
    if form == "last" and seconds is None:
        seconds = 1.0
    return TimePhrase(*match.span(), form, seconds, until)


def _number(text: str | None) -> float | None:
    if text is None:
        return None
    if ":" in text:
        minutes, seconds = text.split(":")
        return int(minutes) * 60.0 + int(seconds)
    return float(_NUMBERS[text]) if text in _NUMBERS else float(text)


def span_seconds(phrase: TimePhrase, total: float) -> tuple[float | None, float | None, float | None]:
    """Start, end and duration that a statement gives in a clip of `total` seconds; None where it says nothing."""
    seconds = min(phrase.seconds, total) if phrase.seconds is not None else None
    match phrase.form:
        case "range":
            return seconds, min(phrase.until_seconds or total, total), None
        case "first":
            return 0.0, seconds, None
        case "last":
            return total - (seconds or 0.0), total, None
        case "after" | "at":
            return seconds, None, None
        case "for":
            return None, None, seconds
        case "first half":
            return 0.0, total / 2, None
        case "halfway":
            return total / 2, None, None
        case "start":
            return 0.0, None, None
    return None, None, None
