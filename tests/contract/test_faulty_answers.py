"""Every write and every read of every vendor, answered by what proves nothing: what is called done has happened, once.

A spoiling server stands between the adapter and the sandbox vendor. It answers a request itself, either in the vendor's place or after
the vendor has carried it out, as captive portals, proxies, gateways and broken connections do. The writes are those of the vendors' cases.

Each vendor's writes share the answers out among them: every answer meets every vendor, and every write a quarter of the answers or more, once
in the vendor's place and another quarter behind it. Its reads do the same. `--full` gives every write and read all of them.
"""

import inspect
import re
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from tests.contract.vendor_cases import CASES, VendorCase, every_write
from tests.helpers.faulty_proxy import LOGIN_PAGE, REFUSALS, UNPROVEN, UNUSUAL
from tests.helpers.raw_servers import reply
from tests.helpers.vendor_writes import FaultyVendor, ended, serve_faulty_vendor

from deskhand.domain.accounts import VendorInfo
from deskhand.domain.capabilities import Capabilities, Feature
from deskhand.domain.ports import SearchQuestion
from deskhand.domain.problems import (
    AppliedDifferently,
    DeskProblem,
    Invalid,
    NotAllowed,
    NotFound,
    OutcomeUnknown,
    SignInNeeded,
    Throttled,
)
from deskhand.domain.threads import RemoteThread
from deskhand.vendors.registry import REGISTRY


def older(good: bytes) -> bytes:
    """Right in form, and an answer to something before."""
    return reply("200 OK", good)


UNSURE = (OutcomeUnknown, AppliedDifferently, Throttled, type(None))
"""How a write may end after an answer that proves nothing: done, where looking shows it."""


SHARES = 4
"""Into how many parts a vendor's writes share the answers out."""


def share_of(answers: dict[str, Any], number: int, calls: int) -> dict[str, Any]:
    """Return which answers a call meets in the short form: of four calls that follow each other, each has another quarter.

    Args:
        number: which call it is. `calls`: of how many; of fewer than four each has more.
    """
    parts = min(SHARES, calls)
    return {name: answer for at, (name, answer) in enumerate(answers.items()) if (at + number) % parts == 0}


@pytest.mark.soak
@pytest.mark.parametrize(("case", "write"), every_write())
@pytest.mark.parametrize("forward", [False, True], ids=["before", "after"])
async def test_a_write_counts_as_done_only_where_it_has_happened(case, write, forward, pytestconfig):
    answers = UNPROVEN | REFUSALS | {"an older answer": older} | UNUSUAL
    if not pytestconfig.getoption("--full"):
        answers = share_of(answers, case.writes.index(write) + forward, len(case.writes))
    if not forward and write.old_looks_new:
        answers = {name: answer for name, answer in answers.items() if answer is not older and name not in UNUSUAL}
    if write.any_text:
        answers.pop("other texts", None)
    async with serve_faulty_vendor(case.vendor, case.settings) as faulty_vendor:
        faulty_vendor.faults.watch = write.matches
        assert await ended(await write.make(faulty_vendor)) is None, "unspoilt it works"
        assert len(faulty_vendor.faults.body) > 10 or write.step
        wrong = {}
        for name, answer in answers.items():
            call = await write.make(faulty_vendor)
            before = len(faulty_vendor.server.received())
            faulty_vendor.faults.matches, faulty_vendor.faults.forward, faulty_vendor.faults.make_response = (
                write.matches,
                forward,
                answer,
            )
            faulty_vendor.faults.count = 0
            problem = await ended(call)
            faulty_vendor.faults.matches = None
            happened = [entry["kind"] for entry in faulty_vendor.server.received()[before:]]
            effects = len(happened)
            if problem is None and effects < write.effects:
                wrong[name] = "called done, and it never happened"
            elif any(happened.count(kind) > 1 for kind in ("message", "note", "ticket", "record")):
                wrong[name] = f"happened more than once: {happened}"
            elif write.once and faulty_vendor.faults.count != 1:
                wrong[name] = f"left {faulty_vendor.faults.count} times"
            elif name not in REFUSALS and not isinstance(
                problem, (*UNSURE, *((Invalid, NotAllowed) if write.step else ()))
            ):
                wrong[name] = f"taken for {type(problem).__name__}"
            elif write.once and name not in REFUSALS and isinstance(problem, Throttled):
                wrong[name] = "would be sent again by itself"
            if not isinstance(problem, OutcomeUnknown | None) or name in REFUSALS or "503" in name:
                await faulty_vendor.reconnect()
        assert not wrong


def login_page(page: bytes, _good: bytes) -> bytes:
    """Answer with this page, whatever the vendor would have said."""
    return page


@pytest.mark.parametrize(("case", "write"), every_write())
async def test_a_network_that_answers_everything_with_its_login_page_proves_nothing(case, write):
    async with serve_faulty_vendor(case.vendor, case.settings) as faulty_vendor:
        for page in (
            reply("200 OK", LOGIN_PAGE, "text/html"),
            reply("200 OK", LOGIN_PAGE),
            reply("404 Not Found", LOGIN_PAGE, "text/html"),
        ):
            call = await write.make(faulty_vendor)
            before = len(faulty_vendor.server.received())
            faulty_vendor.faults.matches, faulty_vendor.faults.make_response = (
                (lambda _method, _path: True),
                partial(login_page, page),
            )
            problem = await ended(call)
            faulty_vendor.faults.matches = None
            assert isinstance(problem, OutcomeUnknown | Throttled)
            assert not write.once or "reply" in write.name or isinstance(problem, OutcomeUnknown)
            assert len(faulty_vendor.server.received()) == before
            await faulty_vendor.reconnect()


READING = {Feature.LIST, Feature.THREAD, Feature.SEARCH, Feature.DOWNLOAD, Feature.IMPORT}
PART_OF_ANOTHER = {Feature.CC, Feature.FIELDS, Feature.RECORDS}
"""A part of a reply; what is named field by field, and kind by kind."""


def offered(capabilities: Capabilities) -> set[str]:
    """Name every write that an account offers: actions, and fields by the vendor's names."""
    labels = {Feature.ASSIGN: "assignee", Feature.ATTACH: "file"}
    found = {labels.get(feature, feature.value) for feature in capabilities.can - READING - PART_OF_ANOTHER}
    if Feature.FIELDS in capabilities:
        found |= {field.name for field in capabilities.custom_fields}
    if Feature.RECORDS in capabilities:
        found |= {form.kind for form in capabilities.records}
    return found


@pytest.mark.parametrize("calls", range(1, 12))
def test_the_short_form_gives_every_answer_to_some_call(calls):
    answers = UNPROVEN | REFUSALS | {"an older answer": older} | UNUSUAL
    for first in (0, 1):
        shares = [share_of(answers, number + first, calls) for number in range(calls)]
        assert {name for share in shares for name in share} == set(answers)


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.vendor)
async def test_every_write_that_an_account_offers_is_spoilt_here(case):
    rows = {write.name.partition(":")[0] for write in case.writes}
    async with serve_faulty_vendor(case.vendor, case.settings) as faulty_vendor:
        assert offered(faulty_vendor.capabilities) <= rows


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.vendor)
def test_every_call_that_writes_is_spoilt_here(case):
    """What leaves by `write` or `put_bytes` of the client is met by a row: each place in an adapter's `api.py` is one request."""
    source = inspect.getsource(import_module(f"deskhand.vendors.{case.vendor}.api"))
    places = len(re.findall(case.write_call, source))
    assert len({write.request for write in case.writes}) >= places
    assert bool(places) == bool(case.writes)


def reads_of(info: VendorInfo) -> list[str]:
    """Return the reads that a vendor offers: listing its tickets, one conversation, one ticket, searching, checking the credentials."""
    offered_reads = {
        "list": Feature.LIST in info.can,
        "thread": Feature.THREAD in info.can,
        "ticket": Feature.LIST in info.can,
        "search": Feature.SEARCH in info.can,
        "check": info.checks,
    }
    return [name for name, is_offered in offered_reads.items() if is_offered]


async def read(faulty_vendor: FaultyVendor, what: str) -> object:
    """Read, and return what came."""
    connection: Any = faulty_vendor.connection
    remote = faulty_vendor.ticket.key.remote
    match what:
        case "list":
            return [page async for page in connection.lister.iter_pages("", full=True)]
        case "thread":
            return await connection.threads.thread(remote)
        case "ticket":
            return await connection.tickets.ticket(remote)
        case "search":
            return await connection.search.search(SearchQuestion("a"), 10)
        case _:
            return await connection.check()


TOLERABLE: dict[str, tuple[str, ...]] = {
    "list": ("another's", "numbers for texts"),
    "search": ("another's", "numbers for texts", "an empty list"),
}
"""Answers that a read may take for what they say: other tickets in the documented shape, and a search that found nothing."""


def tolerable(case: VendorCase, what: str) -> tuple[str, ...]:
    """Name the answers that this vendor's read may take for what they say."""
    if what == "thread" and not case.messages_name_ticket:
        return ("another's", "numbers for texts")
    return TOLERABLE.get(what, ())


@pytest.mark.soak
@pytest.mark.parametrize(
    ("vendor", "what"), [(vendor, what) for vendor, spec in REGISTRY.items() for what in reads_of(spec.info)]
)
async def test_a_read_never_takes_a_spoilt_answer_for_an_empty_desk_or_a_ticket_that_is_gone(
    vendor, what, pytestconfig
):
    case = CASES[vendor]
    answers = UNPROVEN | UNUSUAL
    if not pytestconfig.getoption("--full"):
        reads = reads_of(REGISTRY[vendor].info)
        answers = share_of(answers, reads.index(what), len(reads))
    async with serve_faulty_vendor(vendor, case.settings) as faulty_vendor:
        if what == "ticket" and faulty_vendor.connection.tickets is None:
            pytest.skip("no call of this vendor returns one ticket")
        faulty_vendor.faults.matches = None
        whole = await read(faulty_vendor, what)
        wrong = {}
        for name, answer in answers.items():
            faulty_vendor.faults.matches = lambda _method, path: "token" not in path
            faulty_vendor.faults.forward, faulty_vendor.faults.make_response = True, answer
            problem, came = None, None
            try:
                came = await read(faulty_vendor, what)
            except DeskProblem as failed:
                problem = failed
            faulty_vendor.faults.matches = None
            said_so = isinstance(came, RemoteThread) and not came.complete
            is_tolerable = name in UNUSUAL or name in tolerable(case, what) or said_so
            if problem is None and not is_tolerable and came != whole:
                wrong[name] = f"read as {str(came)[:80]}"
            elif isinstance(problem, NotFound | SignInNeeded | Invalid):
                wrong[name] = f"taken for {type(problem).__name__}"
            await faulty_vendor.reconnect()
        assert not wrong
