"""`deskhand later`: put away, listed, taken back; what is unclear is said and nothing is done."""

import subprocess

from tests.helpers.narrowing import not_none
from tests.integration.cli.conftest import environment


def test_a_ticket_is_put_away_listed_and_taken_back(synced_shell):
    name = synced_shell.some_ticket("nexuscore")
    said = synced_shell.run("later", name, "in", "3", "days", "--reason", "Ask the carrier", "--even-if-reply")
    assert said.stdout.startswith("Away until ")
    assert said.stdout.rstrip().endswith("09:00, even if they reply.")
    (entry,) = synced_shell.json("later", "list")
    assert entry | {"until": ""} == {
        "account": "nexuscore",
        "ticket": name.split("/")[1],
        "until": "",
        "reason": "Ask the carrier",
        "even_if_reply": True,
        "reminder": False,
        "back_since": None,
        "replies": 0,
    }
    assert entry["until"].endswith("Z")
    listed = synced_shell.run("later", "list")
    assert name in listed.stdout
    assert "Ask the carrier" in listed.stdout
    assert listed.stderr.strip() == "1 ticket"
    waiting = synced_shell.json("tickets", "--scope", "later")
    assert [one["id"] for one in waiting] == [entry["ticket"]]
    assert entry["ticket"] not in {one["id"] for one in synced_shell.json("tickets", "--scope", "open")}
    assert synced_shell.run("later", name, "--back").stdout.strip() == "Taken out of Later."
    assert synced_shell.json("later", "list") == []
    assert synced_shell.run("later", name, "--back").stdout.strip() == "It did not stand in Later."


def test_what_was_said_to_be_put_away_is_away_although_the_process_was_killed_at_that_word(synced_shell):
    name = synced_shell.some_ticket("nexuscore")
    line = synced_shell.line("later", name, "in", "3", "days", "--reason", "Ask the carrier")
    with subprocess.Popen(
        line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8", env=environment()
    ) as process:
        assert not_none(process.stdout).readline().startswith("Away until ")
        process.kill()
    (entry,) = synced_shell.json("later", "list")
    assert (entry["ticket"], entry["reason"]) == (name.split("/")[1], "Ask the carrier")
    assert entry["ticket"] not in {one["id"] for one in synced_shell.json("tickets", "--scope", "open")}
    synced_shell.run("later", name, "--back")


def test_what_is_unclear_past_or_contradictory_changes_nothing(synced_shell):
    name = synced_shell.some_ticket("thena")
    assert "has passed." in synced_shell.run("later", name, "gisteren", code=1).stderr
    assert "“foo” is not understood." in synced_shell.run("later", name, "foo", code=1).stderr
    both = synced_shell.run("later", name, "tomorrow", "3", code=1).stderr
    assert both.startswith("This can be read in two ways. Perhaps: ")
    assert both.count("03:00") == both.count("15:00") == 1
    synced_shell.run("later", name, code=2)
    synced_shell.run("later", "list", "tomorrow", code=2)
    synced_shell.run("later", name, "reply", "--even-if-reply", code=2)
    assert synced_shell.json("later", "list") == []


def test_on_reply_and_reminders(synced_shell):
    name, record = synced_shell.some_ticket("thena"), synced_shell.some_ticket("routera")
    assert synced_shell.run("later", name, "reply").stdout.strip() == "Away until they reply."
    assert "keeps records" in synced_shell.run("later", record, "reply", code=1).stderr
    assert synced_shell.run("later", record, "next year", "--remind").stdout.startswith("Reminder on ")
    assert [(one["until"] is None, one["reminder"]) for one in synced_shell.json("later", "list")] == [
        (False, True),
        (True, False),
    ]
    for one in (name, record):
        synced_shell.run("later", one, "--back")


def test_the_list_of_later_is_in_the_order_of_return_however_it_is_asked_for(synced_shell):
    names = [
        f"nexuscore/{one['id']}" for one in synced_shell.json("tickets", "--scope", "open", "--account", "nexuscore")
    ]
    order = [names[1], names[2], names[0]]
    for days, name in enumerate(order, 1):
        synced_shell.run("later", name, "in", str(days), "days")
    for asked in (("--scope", "later"), ("--view", "Later")):
        listed = [f"nexuscore/{one['id']}" for one in synced_shell.json("tickets", *asked)]
        assert [name for name in listed if name in order] == order
    newest = synced_shell.json("tickets", "--scope", "later", "--sort", "newest")
    times = [one["updated_at"] for one in newest]
    assert times == sorted(times, reverse=True)
