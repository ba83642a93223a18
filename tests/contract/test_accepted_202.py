"""Every write that is answered with 202 although it was carried out at once: looking shows it, and it is not sent a second time."""

import pytest
from tests.contract.vendor_cases import every_write
from tests.helpers.raw_servers import reply
from tests.helpers.vendor_writes import ended, serve_faulty_vendor

from deskhand.domain.problems import OutcomeUnknown


@pytest.mark.parametrize(("case", "write"), every_write())
async def test_a_write_that_was_taken_in_and_is_done_counts_as_done_or_is_looked_for(case, write):
    async with serve_faulty_vendor(case.vendor, case.settings) as faulty_vendor:
        faulty_vendor.faults.watch = write.matches
        assert await ended(await write.make(faulty_vendor)) is None
        call = await write.make(faulty_vendor)
        before = len(faulty_vendor.server.received())
        faulty_vendor.faults.matches, faulty_vendor.faults.forward = write.matches, True
        faulty_vendor.faults.make_response = lambda good: reply("202 Accepted", good)
        faulty_vendor.faults.count = 0
        problem = await ended(call)
        faulty_vendor.faults.matches = None
        happened = [entry["kind"] for entry in faulty_vendor.server.received()[before:]]
        assert happened or write.step
        assert not any(happened.count(kind) > 1 for kind in ("message", "note", "ticket", "record"))
        if write.looked_for or write.unseen:
            assert isinstance(problem, OutcomeUnknown)
            assert problem.status == 202
        else:
            assert problem is None
        assert faulty_vendor.faults.count == 1 or not write.once
