"""An answer of a vendor: status, headers and bytes, with its parsed JSON."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from deskhand.domain.problems import DeskProblem, OutcomeUnknown, UnexpectedResponse
from deskhand.domain.scrubbing import Scrub

from .jsontext import NotJson, decode

T = TypeVar("T")

_BEGINNING = 200
"""Bytes in which a web page or a storage's error shows itself."""

_FIRST_ERROR = 400

ACCEPTED = 202
"""The server took a request in, and says by this status that it has not done it."""

_BIG = 64 * 1024
"""Bodies above this are parsed in a thread: 64 KB take about a millisecond, a frame has 16."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A 2xx answer; anything else was raised as a problem.

    Attributes:
        headers: names in lower case.
        wrote: it answers a write, so an answer that proves nothing is OutcomeUnknown instead of Misunderstood.
        shown: takes words of this answer, its header lines included, and returns what of them may reach a person or a log.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    wrote: bool = False
    shown: Scrub = field(default=str, repr=False, compare=False)

    async def json(self) -> Any:
        """Return the parsed body.

        Raises:
            Misunderstood, OutcomeUnknown: it is no JSON, for example a login page of the network.
        """
        return await self.map(lambda data: data)

    async def map(self, read: Callable[[Any], T], *, accepted: bool = False) -> T:
        """Parse the body and turn it into values with `read`, both away from the GUI thread where it is big.

        Args:
            accepted: a write that was only taken in (202) counts like one that is done: nothing could be looked at, or nothing
                depends on it yet.

        `read` may raise pydantic's ValidationError or ValueError for a shape that it cannot use. It is not called for data that
        speaks of a failure, whatever the status says, nor for a write's answer that gives one name two values.
        """
        if self.wrote and self.status == ACCEPTED and not accepted:
            raise self.puzzling("it was taken in, which does not say that it is done")
        if not self.says_json:
            raise self.puzzling(f"{self._kind()} came where data belongs")
        if len(self.body) > _BIG:
            done = await asyncio.to_thread(self._read, read)
        else:
            done = self._read(read)
        if isinstance(done, _Unusable):
            raise self.puzzling(done.why)
        return done

    async def taken(self) -> None:
        """Check an answer of which nothing but the status is documented: a web page, or what speaks of an error, takes nothing.

        Raises:
            Misunderstood, OutcomeUnknown: it does not say that anything was taken.
        """
        begin = self.body[:_BEGINNING].lstrip().lower()
        if "html" in self.headers.get("content-type", "").casefold() or begin.startswith((b"<!doctype html", b"<html")):
            raise self.puzzling("a web page came (perhaps the network's login page)")
        if b"<error" in begin:
            raise self.puzzling("it speaks of an error")
        if self.says_json:
            await self.map(lambda data: data, accepted=True)

    @property
    def says_json(self) -> bool:
        """Whether the answer claims to be JSON and has a body."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().casefold()
        return bool(self.body.strip()) and (kind.endswith(("/json", "+json")) or not kind)

    @property
    def charset(self) -> str:
        """The encoding that its header line names; empty where it names none."""
        found = re.search(r"(?i);\s*charset\s*=\s*[\"']?([\w.:-]{1,40})", self.headers.get("content-type", ""))
        return found[1] if found else ""

    def puzzling(self, detail: str) -> DeskProblem:
        """Return the problem to raise where the answer does not say what it should: for a write it proves nothing."""
        problem = OutcomeUnknown if self.wrote else UnexpectedResponse
        return problem(self.shown(detail), status=self.status)

    def _read(self, read: Callable[[Any], T]) -> "T | _Unusable":
        try:
            data = decode(self.body, charset=self.charset, unique=self.wrote)
            if speaks_of_failure(data, wrote=self.wrote):
                return _Unusable("it speaks of an error")
            return read(data)
        except NotJson as error:
            return _Unusable(f"the answer is no readable data ({error})")
        except ValidationError as error:
            return _Unusable(f"the answer has another shape than documented ({faults(error)})")
        except ValueError as error:
            return _Unusable(f"the answer has another shape than documented ({error})")
        except RecursionError:
            return _Unusable("the answer is nested deeper than data is")

    def _kind(self) -> str:
        if not self.body.strip():
            return "an empty answer"
        kind = self.headers.get("content-type", "").partition(";")[0].strip()
        return (
            "a web page (perhaps the network's login page)" if kind == "text/html" else f"an answer of type {kind[:60]}"
        )


def speaks_of_failure(data: Any, *, wrote: bool = False) -> bool:
    """Tell whether data says that the call failed: the error envelopes of the five vendors and of common frameworks.

    A record at the top (it has an `id`) may have fields of these names of its own; an error beside an id says something as well.

    Args:
        wrote: it answers a write, which such a field leaves in doubt: looking at the record then tells.
    """
    if not isinstance(data, dict):
        return False
    code = data.get("statusCode")
    flagged = (
        data.get("error")
        or data.get("errors")
        or data.get("success", True) is not True
        or (isinstance(code, int) and code >= _FIRST_ERROR)
    )
    return bool(flagged) and (wrote or "id" not in data or isinstance(data.get("message"), str))


@dataclass(frozen=True, slots=True)
class _Unusable:
    why: str


def faults(error: ValidationError, limit: int = 3) -> str:
    """Name type and place of the first faults, never a value: values are customers' words."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    shown = [f"{'.'.join(str(part) for part in fault['loc']) or 'body'}: {fault['type']}" for fault in found[:limit]]
    more = len(found) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")
