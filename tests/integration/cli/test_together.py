"""Several commands on one profile, and how they end."""

import json
import signal
import subprocess
import sys
import time

import pytest
from tests.integration.cli.conftest import Shell, environment


@pytest.fixture
def shop(shell: Shell) -> Shell:
    shell.add("nexuscore", "Shop")
    shell.run("sync", "--once")
    return shell


def begin(shell: Shell, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        shell.line(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=environment()
    )


def test_commands_of_a_moment_wait_for_each_other(shop):
    running = [begin(shop, "tickets", "--json") for _ in range(3)]
    told = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], told
    assert len({out for out, _ in told}) == 1


def test_a_staying_sync_carries_out_what_is_typed_beside_it(shop, box):
    staying = begin(shop, "sync")
    assert staying.stderr is not None
    assert staying.stderr.readline() == "Syncing until interrupted.\n"
    name = shop.some_ticket("Shop")
    letter = shop.folder / "letter.txt"
    letter.write_text("Typed beside it.")
    shop.run("reply", name, "--file", str(letter))
    assert shop.run("outbox", "drain").stdout.strip().endswith("0 left.")
    assert [m["text"] for m in box.received("nexuscore", "message")].count("Typed beside it.") == 1
    assert shop.json("show", name)["messages"][-1]["text"] == "Typed beside it."
    shop.run("sync", "--once")
    shop.run("sync")  # the owner keeps in step anyway: no second engine, no waiting
    assert {finding["check"] for finding in json.loads(shop.run("doctor", "--json", code=1).stdout)} >= {
        "Python",
        "Database",
    }
    staying.kill()
    assert staying.communicate(timeout=60) == ("", "")
    assert shop.json("outbox")[0]["delivery"] == "sent"


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is of a whole console there, not of one program")
def test_a_staying_sync_ends_quietly_when_it_is_interrupted(shop):
    staying = begin(shop, "sync")
    assert staying.stderr is not None
    assert staying.stderr.readline() == "Syncing until interrupted.\n"
    staying.send_signal(signal.SIGINT)
    assert staying.communicate(timeout=60) == ("", "")
    assert not (shop.profile / "owner.json").exists()


def test_a_file_is_the_callers_own_and_a_text_that_is_called_like_it_stays_a_text(shop, box, tmp_path):
    """The owner stands in another folder, where a file of the same name lies."""
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        (folder / "notes.txt").write_text(f"from {folder.name}")
    staying = subprocess.Popen(
        shop.line("sync"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(),
        cwd=there,
    )
    assert staying.stderr is not None
    staying.stderr.readline()
    try:
        name = shop.some_ticket("Shop")
        for words in (["--text", "notes.txt", "--attach", "notes.txt"], ["--file=notes.txt", "--attach=notes.txt"]):
            ran = subprocess.run(
                shop.line("reply", name, *words),
                capture_output=True,
                encoding="utf-8",
                timeout=60,
                check=False,
                env=environment(),
                cwd=here,
            )
            assert ran.returncode == 0, ran.stderr
        shop.run("outbox", "drain")
    finally:
        staying.kill()
        told = staying.communicate(timeout=60)
    assert told == ("", "")
    sent = [m["text"] for m in box.received("nexuscore", "message")]
    assert sent.count("notes.txt") == 1
    assert sent.count("from here") == 1
    files = box.received("nexuscore", "upload")
    assert [file["fields"]["size"] for file in files] == [len("from here")] * 2


def test_a_killed_owner_keeps_nobody_out(shop):
    staying = begin(shop, "sync")
    assert staying.stderr is not None
    staying.stderr.readline()
    staying.kill()
    staying.communicate(timeout=60)
    assert shop.json("tickets")


def test_a_doctor_names_what_it_looked_at(shop):
    findings = shop.json("doctor")
    assert {finding["check"] for finding in findings} >= {"Python", "Qt", "Secrets", "Database", "Clock"}
    assert all(finding.keys() == {"check", "well", "words"} for finding in findings)
    assert any("Shop" in finding["check"] + finding["words"] for finding in findings)


def test_draining_ends_soon_where_nobody_is_signed_in(shop, box):
    shop.run("reply", shop.some_ticket("Shop"), "--text", "Stuck.")
    box.ask("nexuscore", "faults", "POST", {"kind": "status", "status": 401, "times": None, "body": "{}"})
    try:
        started = time.monotonic()
        ran = shop.run("outbox", "drain", "--timeout", "80", code=3)
        assert time.monotonic() - started < 40
        assert "Shop" in ran.stderr
        assert shop.json("outbox")[0]["delivery"] == "queued"
    finally:
        box.ask("nexuscore", "faults", "DELETE")
    shop.run("outbox", "drain")
