"""Accounts without a window."""

import base64
import json
import subprocess
import sys
import urllib.parse

import pytest
from tests.helpers.commands import COMMAND
from tests.integration.cli.conftest import PASSPHRASE, VENDORS, environment


def test_accounts_are_added_listed_checked_paused_and_removed(shell):
    assert "no account yet" in shell.run("accounts", "list").stdout
    shell.add("nexuscore", "EU/Retail")
    shell.add("thalamus", "Field")
    listed = shell.json("accounts", "list")
    assert [account["label"] for account in listed] == ["EU/Retail", "Field"]
    assert {"vendor", "base_url", "me", "paused", "health", "synced_at", "problem"} <= listed[0].keys()
    checked = shell.json("accounts", "check")
    assert [(c["account"], c["verified"]) for c in checked] == [("EU/Retail", True), ("Field", False)]
    assert "no " in checked[1]["words"]  # Thalamus offers no call that proves credentials: it is said
    shell.run("sync", "--once", "--account", "EU/Retail")
    name = shell.some_ticket("EU/Retail")
    assert shell.json("show", name)["account"] == "EU/Retail"  # a label with a slash
    shell.run("accounts", "pause", "Field")
    assert shell.json("accounts", "list")[1]["health"] == "paused"
    shell.run("accounts", "resume", "Field")
    shell.run("reply", name, "--text", "Unsent.")
    refused = shell.run("accounts", "remove", "EU/Retail", code=1)
    assert "1 unsent" in refused.stderr
    shell.run("accounts", "remove", "EU/Retail", "--give-up-unsent")
    assert [account["label"] for account in shell.json("accounts", "list")] == ["Field"]
    assert shell.json("tickets") == []


def test_what_cannot_be_added_says_why_and_leaves_nothing(shell):
    wrong = shell.add("thena", "Platform", secret="not-the-key-0123456789", code=1)
    assert "refused these credentials" in wrong.stderr
    assert shell.json("accounts", "list") == []
    shell.add("thena", "Platform")
    assert "already" in shell.add("thena", "Platform", code=1).stderr
    assert (
        "none of" in shell.run("accounts", "add", "zendesk", "--label", "Z", "--secret-stdin", given="x", code=2).stderr
    )
    away = ["accounts", "add", "thena", "--label", "T", "--base-url", "http://helpdesk.example", "--secret-stdin"]
    assert shell.run(*away, given="x", code=1).stderr
    odd = ["accounts", "add", "thena", "--label", "T", "--set", "colour=red", "--secret-stdin"]
    assert "no field colour" in shell.run(*odd, given="x", code=2).stderr


def test_a_secret_among_the_arguments_is_refused_and_not_repeated(shell, box):
    ran = shell.run(
        "accounts",
        "add",
        "thena",
        "--label",
        "T",
        "--set",
        "api_key=sk-visible-1234",
        "--secret-stdin",
        given="x",
        code=2,
    )
    assert "never as an argument" in ran.stderr
    assert "sk-visible" not in ran.stdout + ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a keyring always answers there, and it is this person's own")
def test_without_a_keyring_a_person_has_to_choose(tmp_path):
    ran = subprocess.run(
        [*COMMAND, "--profile", str(tmp_path / "p"), "accounts", "list"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env=environment(),
    )
    assert ran.returncode == 3, ran.stderr
    assert "keyring" in ran.stderr
    assert not (tmp_path / "p" / "desk.db").exists()


def test_a_wrong_passphrase_needs_a_person_and_changes_nothing(shell):
    shell.run("accounts", "list")
    other = shell.folder / "other"
    other.write_text("not it")
    line = [
        *COMMAND,
        "--profile",
        str(shell.profile),
        "--vault",
        "passphrase",
        "--passphrase-file",
        str(other),
        "tickets",
    ]
    ran = subprocess.run(line, capture_output=True, encoding="utf-8", timeout=60, check=False, env=environment())
    assert ran.returncode == 3
    assert "passphrase does not open" in ran.stderr
    missing = [*line[:-2], str(shell.folder / "nowhere"), "tickets"]
    ran = subprocess.run(missing, capture_output=True, encoding="utf-8", timeout=60, check=False, env=environment())
    assert ran.returncode == 3
    assert "No such file" in ran.stderr
    assert "Traceback" not in ran.stderr
    shell.run("accounts", "list")


def test_an_account_that_has_been_in_step_is_not_called_unsynced(shell):
    shell.add("nexuscore", "Retail")
    assert "not synced yet" in shell.run("accounts", "list").stdout
    shell.run("sync", "--once")
    told = shell.run("accounts", "list").stdout
    assert "last in step 2" in told
    assert "not synced yet" not in told


def test_what_opening_had_to_mend_is_said_to_who_types_too(shell):
    shell.add("nexuscore", "Retail")
    (shell.profile / "desk.db").write_bytes(b"not a database at all" * 400)
    ran = shell.run("outbox", "--json")
    assert json.loads(ran.stdout) == []
    assert "drafts and the outbox was damaged" in ran.stderr
    assert "damaged" not in shell.run("outbox").stderr


def test_no_secret_is_in_any_output_log_or_file(shell, box):
    for vendor in VENDORS:
        shell.add(vendor, vendor)
    box.ask(
        "nexuscore", "faults", "POST", {"kind": "status", "status": 500, "times": 3, "body": box.secret("nexuscore")}
    )
    shell.run("--verbose", "sync", "--once", code=0)
    shell.run("--verbose", "accounts", "check")
    shell.run("--verbose", "doctor", "--json")
    box.ask("nexuscore", "faults", "DELETE")
    secrets = [PASSPHRASE, *(box.secret(vendor) for vendor in VENDORS)]
    files = [path for path in shell.profile.rglob("*") if path.is_file()]
    assert any("log" in path.name for path in files)
    kept = [(str(path), path.read_bytes()) for path in files] + [("output", "\n".join(shell.said).encode())]
    for secret in secrets:
        raw = secret.encode()
        for form in (raw, base64.b64encode(raw), raw.hex().encode(), urllib.parse.quote(secret).encode(), raw[::-1]):
            for place, data in kept:
                assert form not in data, place


@pytest.mark.parametrize(
    "typed",
    [
        ["nonsense"],
        ["accounts"],
        ["show"],
        ["reply", "a/b"],
        ["reply", "a/b", "--text", "x", "--file", "y"],
        ["tickets", "--state", "odd"],
    ],
)
def test_wrong_usage_is_2(shell, typed):
    shell.run(*typed, code=2)
