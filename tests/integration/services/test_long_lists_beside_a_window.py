"""A long list asked for beside the window is made ready in parts: whatever else waits for that thread comes to its turn."""

import json
from dataclasses import dataclass, field

import pytest

from deskhand.__main__ import parser
from deskhand.cli import program

COUNT = 350


@dataclass
class Recorder:
    blocks: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def out(self, text: str) -> None:
        self.blocks.append(text)

    block = out

    def err(self, text: str) -> None:
        self.errors.append(text)

    def read(self) -> str:
        return ""


@pytest.mark.parametrize("options", [[], ["--json"]])
async def test_a_long_list_gives_others_their_turn_and_is_whole(start_services, options):
    harness, account = await start_services("thalamus")
    rows = "".join(f"T-{number},Question {number}\n" for number in range(COUNT))
    await harness.services.records.import_tickets(account.id, f"external_id,title\n{rows}")
    console, most = Recorder(), 0
    rows_of = harness.services.lists.rows

    def counted(keys):
        nonlocal most
        most = max(most, len(keys))
        return rows_of(keys)

    harness.services.lists.rows = counted  # which a window's thread waits for
    assert await program.run(parser().parse_args(["tickets", *options]), harness.services, console) == 0
    assert most <= COUNT // 3
    if not options:
        assert len(console.blocks) == COUNT
        assert console.errors == ["350 tickets"]
        return
    assert max(block.count('"number"') for block in console.blocks) <= COUNT // 3
    listed = json.loads("\n".join(console.blocks))
    assert {one["id"] for one in listed} == {f"T-{number}" for number in range(COUNT)}


async def test_one_ticket_is_counted_as_one(start_services):
    harness, account = await start_services("thalamus")
    await harness.services.records.import_tickets(account.id, "external_id\nT-1\n")
    console = Recorder()
    await program.run(parser().parse_args(["tickets"]), harness.services, console)
    assert console.errors == ["1 ticket"]
