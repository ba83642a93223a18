"""Every write that is answered with 202 although it was carried out at once: looking shows it, and it is not sent a second time."""

import pytest
from tests.contract.test_spoilt_answers import WRITES, bench_of, ended, named
from tests.helpers.vendors import reply

from deskhand.domain.problems import OutcomeUnknown

LOOKED_FOR_BY_THE_OUTBOX = {
    ("nexuscore", "reply"),
    ("nexuscore", "reply with a copy and a file"),
    ("nexuscore", "create"),
    ("mijnklantportaal", "reply"),
    ("mijnklantportaal", "state"),
    ("routera", "archive"),
    ("routera", "dispatch"),
}
"""Writes whose effect is looked for as after a lost answer: a short wait stands between."""


@pytest.mark.parametrize("write", named(WRITES))
async def test_a_write_that_was_taken_in_and_is_done_counts_as_done_or_is_looked_for(write):
    async with bench_of(write.vendor) as bench:
        bench.spoiler.watch = write.hits
        assert await ended(await write.make(bench)) is None
        call = await write.make(bench)
        before = len(bench.server.received())
        bench.spoiler.hits, bench.spoiler.carried_out = write.hits, True
        bench.spoiler.answer = lambda good: reply("202 Accepted", good)
        bench.spoiler.spoilt = 0
        problem = await ended(call)
        bench.spoiler.hits = None
        happened = [entry["kind"] for entry in bench.server.received()[before:]]
        assert happened or write.step
        assert not any(happened.count(kind) > 1 for kind in ("message", "note", "ticket", "record"))
        if (write.vendor, write.name) in LOOKED_FOR_BY_THE_OUTBOX:
            assert isinstance(problem, OutcomeUnknown)
            assert problem.status == 202
        else:
            assert problem is None
        assert bench.spoiler.spoilt == 1 or not write.once
