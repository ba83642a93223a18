"""Macros without a window: listed, shown, taken along, run over what a filter finds."""

import os
import subprocess
from importlib import import_module

import pytest
from tests.integration.cli.conftest import environment

MACROS = """version = 1

[[macro]]
name = "Refund done"
key = "Ctrl+1"
[[macro.step]]
reply = "Hello, your refund is on its way."
[[macro.step]]
priority = "low"

[[macro]]
name = "Read"
[[macro.step]]
read = true
"""


@pytest.fixture
def with_macros(synced_shell, tmp_path):
    file = tmp_path / "macros.toml"
    file.write_text(MACROS, encoding="utf-8")
    assert synced_shell.run("macro", "import", str(file)).stdout.count(": ") == 2
    return synced_shell


def test_macros_are_imported_listed_shown_and_exported(with_macros, tmp_path):
    listed = with_macros.json("macro", "list")
    assert [(one["name"], one["key"], one["lacking"]) for one in listed] == [
        ("Refund done", "Ctrl+1", "leave out"),
        ("Read", "", "leave out"),
    ]
    assert listed[0]["steps"][1] == {"kind": "priority", "value": "low"}
    assert "priority low" in with_macros.run("macro", "list").stdout
    shown = with_macros.run("macro", "show", "refund DONE").stdout
    assert "1. reply “Hello, your refund is on its way.”" in shown
    assert "lacking_at" in with_macros.json("macro", "show", "Read")
    again = tmp_path / "again.toml"
    again.write_text(with_macros.run("macro", "export").stdout, encoding="utf-8")
    assert with_macros.run("macro", "import", str(again)).stdout == "Replaced: Refund done\nReplaced: Read\n"
    assert "There are: Refund done, Read." in with_macros.run("macro", "show", "Nothing", code=1).stderr


def test_without_yes_and_a_terminal_nothing_is_done_and_the_plan_is_said(with_macros):
    query = "vendor:thena is:open"
    before = with_macros.json("outbox")
    told = with_macros.run("macro", "run", "Refund done", query, code=3)
    assert "thena (Thena): " in told.stderr
    assert "answered, set to priority" in told.stderr
    assert "Say --yes to do it, or --plan " in told.stderr
    assert with_macros.json("outbox") == before
    plan = told.stderr.rsplit("--plan ", 1)[1].split()[0]
    assert "not that plan any more" in with_macros.run("macro", "run", "Read", query, "--plan", plan, code=1).stderr
    done = with_macros.run("macro", "run", "Refund done", query, "--plan", plan)
    assert "changed" in done.stdout
    known = {item["id"] for item in before}
    kinds = [item["kind"] for item in with_macros.json("outbox") if item["id"] not in known]
    assert kinds.count("reply") >= 1
    assert "priority" in kinds


def test_a_plan_of_replies_is_not_one_any_more_once_a_customer_has_written(with_macros, box):
    one = with_macros.json("tickets", "vendor:nexuscore is:open")[0]
    command = ("macro", "run", "Refund done", f"number:{one['id']}")
    plan = with_macros.run(*command, code=3).stderr.rsplit("--plan ", 1)[1].split()[0]
    box.ask("nexuscore", "speak", "POST", {"ticket": one["id"], "text": "It has come, no need to write."})
    with_macros.run("sync", "--once")
    with_macros.run("show", f"{one['account']}/{one['id']}")
    before = with_macros.json("outbox")
    assert "not that plan any more" in with_macros.run(*command, "--plan", plan, code=1).stderr
    assert with_macros.json("outbox") == before


def test_a_filter_that_names_an_account_that_is_not_there_says_so(with_macros):
    assert "no account named then" in with_macros.run("macro", "run", "Read", "account:then", "--yes").stderr


def test_a_record_for_each_ticket_says_what_was_done(with_macros):
    told = with_macros.json("macro", "run", "Read", "is:open", "--yes")
    assert told
    assert all(one["changed"] and one["does"] == "marked as read" and one["outbox"] == [] for one in told)
    assert with_macros.json("macro", "run", "Read", "tag:nobody-has-this", "--yes") == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a terminal of its own")
@pytest.mark.parametrize(("typed", "code", "does"), [(b"n\n", 3, False), (b"y\n", 0, True)])
def test_at_a_terminal_it_is_asked(with_macros, typed, code, does):
    before = len(with_macros.json("outbox"))
    pty = import_module("pty")  # Windows has none
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        with_macros.line("macro", "run", "Refund done", "vendor:nexuscore is:open"),
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    os.write(ours, typed)
    _, said = process.communicate(timeout=120)
    os.close(ours)
    os.close(theirs)
    assert "Go on? [y/N]" in said
    assert process.returncode == code
    assert (len(with_macros.json("outbox")) > before) == does
