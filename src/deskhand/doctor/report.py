"""What is well and what is not, in sentences. The checks themselves come from `bootstrap`, which knows every part."""

from collections.abc import Awaitable, Callable, Sequence

from deskhand.cli import json_output
from deskhand.domain.console import Console
from deskhand.domain.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Attributes:
        ok: True, False, or None where nothing can be said.
        message: what it is and, where it is not well, what to do.
    """

    name: str
    ok: bool | None
    message: str


Check = Callable[[], Awaitable[Sequence[Finding]]]


async def run(checks: Sequence[Check], console: Console, *, as_json: bool) -> int:
    """Run the checks one after the other; returns 0 where nothing is wrong, else 1."""
    findings = [finding for check in checks for finding in await check()]
    if as_json:
        console.block(json_output.dumps([{"check": f.name, "well": f.ok, "words": f.message} for f in findings]))
    else:
        for finding in findings:
            mark = {True: "well   ", False: "WRONG  ", None: "unknown"}[finding.ok]
            console.out(f"{mark}  {finding.name}: {finding.message}")
    return 1 if any(finding.ok is False for finding in findings) else 0
