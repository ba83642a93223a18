"""Looking at what an account can do, part by part: one that cannot be asked for is left out, not guessed."""

import logging
from collections.abc import Awaitable
from typing import TypeVar

from deskhand.domain.problems import NotAllowed, NotFound, NotInPlan, UnexpectedResponse, VendorDown

log = logging.getLogger(__name__)

T = TypeVar("T")


async def optional_part(call: Awaitable[T]) -> T | None:
    """Return what one part of a probe found; None where this account cannot ask for it."""
    try:
        return await call
    except (NotAllowed, NotInPlan, NotFound, UnexpectedResponse, VendorDown) as problem:
        log.info("a part of the probe was left out: %s %s", type(problem).__name__, problem.detail)
        return None
