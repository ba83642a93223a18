"""An answer of a vendor: status, headers and bytes, with its parsed JSON."""

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any, TypeVar

from pydantic import ValidationError

from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.problems import DeskProblem, OutcomeUnknown, UnexpectedResponse
from deskhand.domain.scrubbing import Scrub

from .jsontext import InvalidJson, decode
from .parser_thread import in_parser_thread

T = TypeVar("T")

_SNIFF_BYTES = 200
"""Bytes in which a web page or a storage's error shows itself."""

_FIRST_ERROR_STATUS = 400

ACCEPTED = 202
"""The server took a request in, and says by this status that it has not done it."""

_THREAD_FROM_BYTES = 64 * 1024
"""Bodies above this are parsed in a thread: 64 KB take about a millisecond, a frame has 16."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A 2xx answer; anything else was raised as a problem.

    Attributes:
        headers: names in lower case.
        is_write: it answers a write, so an answer that proves nothing is OutcomeUnknown instead of UnexpectedResponse.
        redact: takes text of this answer, its header lines included, and returns what of them may reach a person or a log.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    is_write: bool = False
    redact: Scrub = field(default=str, repr=False, compare=False)

    async def json(self) -> Any:
        """Return the parsed body.

        Raises:
            UnexpectedResponse, OutcomeUnknown: it is no JSON, for example a login page of the network.
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
        if self.is_write and self.status == ACCEPTED and not accepted:
            raise self.unexpected("it was taken in, which does not say that it is done")
        if not self.is_json:
            raise self.unexpected(f"{self._describe_type()} came where data belongs")
        if len(self.body) > _THREAD_FROM_BYTES:
            done = await in_parser_thread(lambda: self._read(read))
        else:
            done = self._read(read)
        if isinstance(done, _Unreadable):
            raise self.unexpected(done.why)
        return done

    async def check_accepted(self) -> None:
        """Check an answer of which nothing but the status is documented: a web page, or what speaks of an error, takes nothing.

        Raises:
            UnexpectedResponse, OutcomeUnknown: it does not say that anything was taken.
        """
        begin = self.body[:_SNIFF_BYTES].lstrip().lower()
        if "html" in self.headers.get("content-type", "").casefold() or begin.startswith((b"<!doctype html", b"<html")):
            raise self.unexpected("a web page came (perhaps the network's login page)")
        if b"<error" in begin:
            raise self.unexpected("it speaks of an error")
        if self.is_json:
            await self.map(lambda data: data, accepted=True)

    @property
    def is_json(self) -> bool:
        """Whether the answer claims to be JSON and has a body."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().casefold()
        return bool(self.body.strip()) and (kind.endswith(("/json", "+json")) or not kind)

    @property
    def charset(self) -> str:
        """The encoding that its header line names; empty where it names none."""
        found = re.search(r"(?i);\s*charset\s*=\s*[\"']?([\w.:-]{1,40})", self.headers.get("content-type", ""))
        return found[1] if found else ""

    def unexpected(self, detail: str) -> DeskProblem:
        """Return the problem to raise where the answer does not say what it should: for a write it proves nothing."""
        problem = OutcomeUnknown if self.is_write else UnexpectedResponse
        return problem(self.redact(detail), status=self.status)

    def _read(self, read: Callable[[Any], T]) -> "T | _Unreadable":
        try:
            data = decode(self.body, charset=self.charset, unique=self.is_write)
            if reports_failure(data, is_write=self.is_write):
                return _Unreadable("it speaks of an error")
            return read(data)
        except InvalidJson as error:
            return _Unreadable(f"the answer is no readable data ({error})")
        except ValidationError as error:
            return _Unreadable(f"the answer has another shape than documented ({describe_validation_error(error)})")
        except ValueError as error:
            return _Unreadable(f"the answer has another shape than documented ({error})")
        except RecursionError:
            return _Unreadable("the answer is nested deeper than data is")

    def _describe_type(self) -> str:
        if not self.body.strip():
            return "an empty answer"
        kind = self.headers.get("content-type", "").partition(";")[0].strip()
        return (
            "a web page (perhaps the network's login page)" if kind == "text/html" else f"an answer of type {kind[:60]}"
        )


def reports_failure(data: Any, *, is_write: bool = False) -> bool:
    """Tell whether data says that the call failed: the error envelopes of the vendors and of common frameworks.

    A record at the top (it has an `id`) may have fields of these names of its own; an error beside an id says something as well.

    Args:
        is_write: it answers a write, which such a field leaves in doubt: looking at the record then tells.
    """
    if not isinstance(data, dict):
        return False
    code = data.get("statusCode")
    flagged = (
        data.get("error")
        or data.get("errors")
        or data.get("success", True) is not True
        or (isinstance(code, int) and code >= _FIRST_ERROR_STATUS)
    )
    return bool(flagged) and (is_write or "id" not in data or isinstance(data.get("message"), str))


@dataclass(frozen=True, slots=True)
class _Unreadable:
    why: str


def describe_validation_error(error: ValidationError, limit: int = 3) -> str:
    """Name type and place of the first faults, never a value: values are customers' text."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    shown = [f"{'.'.join(str(part) for part in fault['loc']) or 'body'}: {fault['type']}" for fault in found[:limit]]
    more = len(found) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")
