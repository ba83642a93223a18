"""Filters and views of one's own without a window."""

import json
from argparse import Namespace

import pytest
from tests.helpers.service_harness import service_harness

from deskhand.cli import filtering, naming
from deskhand.domain.queries import TicketQuery
from deskhand.services import own_views

VIEWS = 'version = 1\n\n[[view]]\nname = "Done work"\nquery = "is:closed"\nsort = "oldest"\n'


def test_a_filter_lists_what_it_says(synced_shell):
    everything = synced_shell.json("tickets")
    found = synced_shell.json("tickets", "is:open or is:closed")
    assert {ticket["id"] for ticket in found} == {ticket["id"] for ticket in everything}
    thena = synced_shell.json("tickets", "vendor:thena state:open")
    assert thena
    assert {(ticket["vendor"], ticket["state"]) for ticket in thena} == {("thena", "open")}
    urgent = synced_shell.json("tickets", "priority>=high", "--account", "thena", "--sort", "oldest")
    assert {ticket["priority"] for ticket in urgent} <= {"high", "urgent"}
    times = [ticket["updated_at"] for ticket in urgent]
    assert times == sorted(times)


def test_a_mistake_in_a_filter_is_marked_beneath_it(synced_shell):
    done = synced_shell.run("tickets", "tag:東京 prio:high", code=2)
    assert done.stderr.splitlines()[-3:] == [
        "tag:東京 prio:high",
        "         ^^^^",
        "There is no field “prio”. Did you mean priority?",
    ]
    done = synced_shell.run("tickets", "account:then")
    assert done.stderr.splitlines()[-2] == "0 tickets"
    assert done.stderr.splitlines()[-1].startswith("There is no account named then. There are: ")


def test_views_are_imported_listed_used_and_exported(synced_shell, tmp_path):
    file = tmp_path / "views.toml"
    file.write_text(VIEWS, encoding="utf-8")
    assert synced_shell.run("views", "import", str(file)).stdout == "Added: Done work\n"
    assert synced_shell.run("views", "import", str(file)).stdout == "Replaced: Done work\n"
    closed = synced_shell.json("tickets", "is:closed", "--sort", "oldest")
    (view,) = synced_shell.json("views", "list")
    assert (view["name"], view["query"], view["count"]) == ("Done work", "is:closed", len(closed))
    assert synced_shell.run("views", "list").stdout == f"Done work  {len(closed)}  is:closed\n"
    assert synced_shell.json("tickets", "--view", "done WORK") == closed
    narrowed = synced_shell.json("tickets", "vendor:thena", "--view", "Done work")
    assert [ticket["id"] for ticket in narrowed] == [t["id"] for t in closed if t["vendor"] == "thena"]
    assert synced_shell.json("tickets", "--view", "my open") == synced_shell.json("tickets", "--scope", "mine_open")
    file.write_text(synced_shell.run("views", "export").stdout, encoding="utf-8")
    assert synced_shell.run("views", "import", str(file)).stdout == "Replaced: Done work\n"
    synced_shell.run("later", f"{narrowed[0]['account']}/{narrowed[0]['id']}", "reply")
    assert "version = 1" in synced_shell.run("views", "export").stdout
    text = synced_shell.run("views", "export", "--with-marks").stdout
    assert "version = 2" in text
    unknown = text.replace(f'account = "{narrowed[0]["account"]}"', 'account = "Gone"')
    file.write_text(unknown, encoding="utf-8")
    done = synced_shell.run("views", "import", str(file), code=1)
    assert done.stdout == "Replaced: Done work\n"
    assert "1 entry is left out: there is no account “Gone” of thena here." in done.stderr
    file.write_text(text, encoding="utf-8")
    assert synced_shell.run("views", "import", str(file)).stdout.startswith(
        "Here already: 1 of Later, pins, notes and links.\n"
    )


def test_a_view_or_a_file_that_is_not_there_is_named(synced_shell, tmp_path):
    assert "There is no view named Nowhere." in synced_shell.run("tickets", "--view", "Nowhere", code=1).stderr
    assert "cannot be read" in synced_shell.run("views", "import", str(tmp_path / "none"), code=1).stderr
    (tmp_path / "odd").write_text("version = 9", encoding="utf-8")
    assert "version = 1" in synced_shell.run("views", "import", str(tmp_path / "odd"), code=1).stderr


async def test_a_view_whose_filter_another_version_wrote_is_refused_and_finds_not_nothing(tmp_path):
    async with service_harness(tmp_path, None) as harness:
        stored = [{"id": "v", "name": "Newer", "query": "mood:happy is:open"}]
        await harness.services.settings.put(own_views.KEY, json.dumps(stored))
        with pytest.raises(naming.Unclear) as refused:
            filtering.narrowed(TicketQuery(), Namespace(query="", view="newer", sort=""), harness.services)
        assert "The filter of the view Newer cannot be read." in str(refused.value)
