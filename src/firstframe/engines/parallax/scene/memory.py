"""What was worked out about a picture is kept by what it was worked out from, so that other words find it done.

The key is the content of the arguments, never who asked first: a clip cannot depend on the clips before it.
"""

from __future__ import annotations

import hashlib
import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

KEPT = 2
"""Results of one function on one picture."""

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Memory:
    """The latest results of every function on one picture."""

    def __init__(self) -> None:
        self._results: dict[str, OrderedDict[bytes, Any]] = {}
        self._lock = threading.Lock()

    def recall(self, what: str, given: object, work: Callable[[], Result]) -> Result:
        """The result of `work`, which depends on nothing but the picture and `given` (anything that pickles)."""
        key = hashlib.blake2b(pickle.dumps(given, pickle.HIGHEST_PROTOCOL), digest_size=16).digest()
        with self._lock:
            results = self._results.setdefault(what, OrderedDict())
            if key in results:
                results.move_to_end(key)
                known: Result = results[key]
                return known
        result = work()
        with self._lock:
            results[key] = result
            while len(results) > KEPT:
                results.popitem(last=False)
        return result


class Remembering(Protocol):
    """A picture with a memory of its own."""

    @property
    def memory(self) -> Memory:
        """Where results about it are kept."""


Looked = TypeVar("Looked", bound=Remembering)


def remembered(
    work: Callable[Concatenate[Looked, Given], Result],
) -> Callable[Concatenate[Looked, Given], Result]:
    """`work(views, …)`, worked out once for one picture and the same other arguments."""

    @wraps(work)
    def recalled(views: Looked, /, *given: Given.args, **named: Given.kwargs) -> Result:
        return views.memory.recall(work.__qualname__, (given, named), lambda: work(views, *given, **named))

    return recalled
