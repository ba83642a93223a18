"""`watch`: a line per event, from the process that owns the profile and from one beside it."""

import json
import os
import subprocess
from contextlib import contextmanager

import pytest
from tests.helpers.narrowing import not_none
from tests.helpers.timeouts import WAIT_SECONDS
from tests.integration.cli.conftest import environment

pytestmark = pytest.mark.timeout(200)


@contextmanager
def watching(shell, *more, stdout=subprocess.PIPE):
    """Run `watch` and yield it once it listens."""
    with subprocess.Popen(
        shell.line("watch", *more),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
    ) as process:
        try:
            assert not_none(process.stderr).readline().strip() == "Watching until interrupted."
            yield process
        finally:
            process.terminate()
            shell.said.append(not_none(process.stderr).read())


def test_what_happens_is_written_once_for_each_who_watches_and_nothing_of_a_first_import(shell, box):
    shell.add("thena", "Retail EU")
    shell.run("sync", "--once")
    ticket = shell.some_ticket("Retail EU")
    remote = ticket.partition("/")[2]
    box.ask("thena", "speak", "POST", {"ticket": remote, "text": "Is anybody there?"})
    with watching(shell, "--json") as owner:
        shell.run("sync", "--once")
        first = json.loads(owner.stdout.readline())
        assert (first["event"], first["account"], first["id"]) in {
            ("reply", "Retail EU", remote),
            ("state", "Retail EU", remote),
        }
        with watching(shell, "--account", "Retail EU") as beside:
            box.ask("thena", "speak", "POST", {"ticket": remote, "text": "Hello?"})
            shell.run("sync", "--once")
            line = beside.stdout.readline()
            assert line.startswith("customer replied  Retail EU/"), line
            assert remote in line


def test_it_ends_without_a_word_once_nobody_reads_it_any_more(shell, box):
    shell.add("thena", "Retail EU")
    shell.run("sync", "--once")
    remote = shell.some_ticket("Retail EU").partition("/")[2]
    with watching(shell) as owner:
        with watching(shell) as beside:
            beside.stdout.close()
            box.ask("thena", "speak", "POST", {"ticket": remote, "text": "Is anybody there?"})
            shell.run("sync", "--once")
            assert beside.wait(WAIT_SECONDS) == 0
            assert beside.stderr.read() == ""
        assert owner.stdout.readline()
    box.ask("thena", "speak", "POST", {"ticket": remote, "text": "Hello?"})
    reading, writing = os.pipe()
    os.close(reading)
    with watching(shell, stdout=writing) as owner:
        os.close(writing)
        assert owner.wait(WAIT_SECONDS) == 0
        assert owner.stderr.read() == ""


def test_only_what_fits_a_filter_is_written(shell, box):
    shell.add("thena", "Retail EU")
    shell.run("sync", "--once")
    listed = json.loads(shell.run("tickets", "--json", "--scope", "open").stdout)
    wanted = listed[0]
    other = next(one for one in listed if one["subject"] != wanted["subject"])
    with watching(shell, f'subject:"{wanted["subject"]}"') as process:
        for each in (other, wanted):
            box.ask("thena", "speak", "POST", {"ticket": each["id"], "text": "Is anybody there?"})
            shell.run("sync", "--once")
        assert wanted["id"] in process.stdout.readline(), "what happened first, to the other one, is not written"


def test_a_filter_that_cannot_be_read_is_refused_with_its_place(shell):
    said = shell.run("watch", "priority>=urgnt", code=2).stderr
    assert "^" in said


def test_an_account_that_is_not_there_is_refused(shell):
    assert "nobody" in shell.run("watch", "--account", "nobody", code=1).stderr


def test_an_account_that_a_filter_names_and_that_is_not_there_is_said(shell):
    with watching(shell, "account:nobody") as process:
        assert process.stderr.readline().startswith("There is no account named nobody.")
