"""Faults on demand: what goes wrong at one vendor server, when, and how often.

A test or the control server adds rules; `fault_middleware` (the outermost layer of every vendor server) asks `decide` once per request.
Every method may be called from any thread.
"""

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import StrEnum
from typing import Any, Self


class FaultKind(StrEnum):
    """What goes wrong.

    LATENCY waits before anything else. STATUS answers without processing. ACCEPT_AND_DROP processes the request completely and
    then closes the connection; ACCEPT_AND_STATUS answers with a status instead, as a gateway does that gave up. DROP_BEFORE closes it without processing. HTML_INSTEAD answers 200 with a sign-in page.
    CUT_BODY announces the whole answer and sends half. SLOW_BODY sends the answer in small pieces over `seconds`. REPEAT_ENTRIES sends
    every entry of every list in a JSON answer twice, as pages that shift while they are read may.
    """

    LATENCY = "latency"
    STATUS = "status"
    ACCEPT_AND_DROP = "accept_and_drop"
    ACCEPT_AND_STATUS = "accept_and_status"
    DROP_BEFORE = "drop_before"
    HTML_INSTEAD = "html_instead"
    CUT_BODY = "cut_body"
    SLOW_BODY = "slow_body"
    REPEAT_ENTRIES = "repeat_entries"


@dataclass(frozen=True, slots=True)
class FaultRule:
    """One fault.

    It fires for requests whose path contains `path`, or with `whole` is that path, and whose method is among `methods` (none: all),
    with probability `chance`, at most `times` times (None: until cleared). `seconds` and `jitter` belong to LATENCY and SLOW_BODY; `status`,
    `body` (JSON where it looks like JSON, else plain text) and `retry_after` (sent as it is) to STATUS and ACCEPT_AND_STATUS.
    """

    kind: FaultKind
    times: int | None = None
    chance: float = 1.0
    path: str = ""
    whole: bool = False
    methods: tuple[str, ...] = ()
    seconds: float = 0.0
    jitter: float = 0.0
    status: int = 503
    body: str | None = None
    retry_after: str | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read a rule as the control server receives it; an unknown field or kind raises ValueError."""
        unknown = set(data) - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"Unknown fields: {', '.join(sorted(unknown))}")
        values = dict(data)
        values["kind"] = FaultKind(values.get("kind", ""))
        values["methods"] = tuple(values.get("methods", ()))
        if values.get("retry_after") is not None:
            values["retry_after"] = str(values["retry_after"])
        return cls(**values)

    def matches(self, method: str, path: str) -> bool:
        """Whether a request is one that this rule is about."""
        is_there = self.path == path if self.whole else self.path in path
        return is_there and (not self.methods or method in self.methods)


@dataclass(frozen=True, slots=True)
class FaultDecision:
    """What shall happen to one request: `delay` seconds first, then `rule` (None: nothing unusual)."""

    delay: float = 0.0
    rule: FaultRule | None = None


class Faults:
    """The faults of one vendor server. All latencies add up; of the other rules the first that fires wins."""

    def __init__(self, seed: int = 1) -> None:
        self._rules: list[FaultRule] = []
        self._lock = threading.Lock()
        self._random = random.Random(seed)
        self._generation = 0

    @property
    def token_generation(self) -> int:
        """Goes up at every `expire_tokens`; a token of an older generation is no longer valid."""
        return self._generation

    def rules(self) -> list[FaultRule]:
        """The rules that are still in force, oldest first."""
        with self._lock:
            return list(self._rules)

    def add(self, rule: FaultRule) -> None:
        """Put a rule in force."""
        with self._lock:
            self._rules.append(rule)

    def clear(self) -> None:
        """Everything works again (expired tokens stay expired)."""
        with self._lock:
            self._rules.clear()

    def expire_tokens(self) -> None:
        """Make every access token issued so far invalid, at once."""
        with self._lock:
            self._generation += 1

    def decide(self, method: str, path: str) -> FaultDecision:
        """Decide about one request and count down the rules that fire."""
        delay = 0.0
        chosen: FaultRule | None = None
        with self._lock:
            remaining: list[FaultRule] = []
            for rule in self._rules:
                is_latency = rule.kind is FaultKind.LATENCY
                fires = (
                    rule.matches(method, path)
                    and (is_latency or chosen is None)
                    and self._random.random() < rule.chance
                )
                if not fires:
                    remaining.append(rule)
                    continue
                if is_latency:
                    delay += rule.seconds + self._random.random() * rule.jitter
                else:
                    chosen = rule
                if rule.times is None:
                    remaining.append(rule)
                elif rule.times > 1:
                    remaining.append(replace(rule, times=rule.times - 1))
            self._rules = remaining
        return FaultDecision(delay, chosen)

    def latency(self, seconds: float, jitter: float = 0.0, **where: Any) -> None:
        """Wait before every answer. `where`: `times`, `chance`, `path`, `methods`, as for the methods below."""
        self.add(FaultRule(FaultKind.LATENCY, seconds=seconds, jitter=jitter, **where))

    def status(
        self,
        status: int,
        *,
        body: str | None = None,
        retry_after: float | datetime | str | None = None,
        times: int | None = 1,
        **where: Any,
    ) -> None:
        """Answer with a status; `retry_after` is seconds, an HTTP date (from a datetime) or any text."""
        match retry_after:
            case datetime():
                wait: str | None = format_datetime(retry_after.astimezone(UTC), usegmt=True)
            case None:
                wait = None
            case _:
                wait = str(retry_after)
        self.add(FaultRule(FaultKind.STATUS, status=status, body=body, retry_after=wait, times=times, **where))

    def accept_and_drop(self, times: int | None = 1, **where: Any) -> None:
        """Process requests completely, then close the connection without an answer."""
        self.add(FaultRule(FaultKind.ACCEPT_AND_DROP, times=times, **where))

    def accept_and_status(
        self, status: int, *, retry_after: float | None = None, times: int | None = 1, **where: Any
    ) -> None:
        """Process requests completely, then answer with a status that does not say so."""
        wait = None if retry_after is None else str(retry_after)
        self.add(FaultRule(FaultKind.ACCEPT_AND_STATUS, status=status, retry_after=wait, times=times, **where))

    def drop_before(self, times: int | None = 1, **where: Any) -> None:
        """Close the connection without processing anything."""
        self.add(FaultRule(FaultKind.DROP_BEFORE, times=times, **where))

    def html_instead(self, times: int | None = 1, **where: Any) -> None:
        """Answer 200 with the sign-in page of a public network."""
        self.add(FaultRule(FaultKind.HTML_INSTEAD, times=times, **where))

    def cut_body(self, times: int | None = 1, **where: Any) -> None:
        """Announce the whole answer, send half of it and close."""
        self.add(FaultRule(FaultKind.CUT_BODY, times=times, **where))

    def repeat_entries(self, times: int | None = 1, **where: Any) -> None:
        """Send every entry of every list twice."""
        self.add(FaultRule(FaultKind.REPEAT_ENTRIES, times=times, **where))

    def slow_body(self, seconds: float, times: int | None = 1, **where: Any) -> None:
        """Send the answer in small pieces, spread over that many seconds."""
        self.add(FaultRule(FaultKind.SLOW_BODY, seconds=seconds, times=times, **where))
