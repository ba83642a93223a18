"""Reading and answering without a window, and the JSON that scripts rely on."""

import json
import os
import subprocess

import pytest
from tests.integration.cli.conftest import environment

TICKET = [
    "account",
    "vendor",
    "id",
    "number",
    "subject",
    "state",
    "vendor_state",
    "priority",
    "vendor_priority",
    "requester",
    "assignee",
    "tags",
    "source",
    "created_at",
    "updated_at",
    "unread",
    "pending",
]
MESSAGE = ["id", "side", "visibility", "author", "text", "html", "created_at", "attachments", "delivery"]
ITEM = ["id", "account", "ticket", "kind", "delivery", "attempts", "problem", "created_at"]


def test_tickets_have_the_documented_keys_and_filters(synced_shell):
    everything = synced_shell.json("tickets")
    assert {ticket["vendor"] for ticket in everything} == {"nexuscore", "thena", "mijnklantportaal", "routera"}
    for ticket in everything:
        assert [key for key in ticket if key in TICKET] == TICKET
        assert ticket["requester"] is None or ticket["requester"].keys() == {"name", "email"}
        assert isinstance(ticket["tags"], list)
        assert isinstance(ticket["unread"], bool)
        assert ticket["updated_at"] is None or ticket["updated_at"].endswith("Z")
    thena = synced_shell.json("tickets", "--account", "thena")
    assert {ticket["account"] for ticket in thena} == {"thena"}
    assert 0 < len(thena) < len(everything)
    assert {ticket["state"] for ticket in synced_shell.json("tickets", "--state", "open", "--state", "closed")} <= {
        "open",
        "closed",
    }
    assert len(synced_shell.json("tickets", "--limit", "3")) == 3
    first = thena[0]
    assert first["id"] in {ticket["id"] for ticket in synced_shell.json("tickets", "--search", first["subject"])}
    shown = synced_shell.run("tickets", "--limit", "2")
    assert len(shown.stdout.splitlines()) == 2
    assert shown.stderr.strip() == "2 tickets"


def test_show_adds_fields_and_messages(synced_shell):
    name = synced_shell.some_ticket("nexuscore")
    shown = synced_shell.json("show", name)
    assert [key for key in shown if key in TICKET] == TICKET
    assert isinstance(shown["fields"], dict)
    assert shown["messages"]
    for message in shown["messages"]:
        assert [key for key in message if key in MESSAGE] == MESSAGE
        for file in message["attachments"]:
            assert file.keys() >= {"id", "name", "size", "type"}
    assert synced_shell.json("show", name, "--offline")["messages"] == shown["messages"]
    assert shown["subject"] in synced_shell.run("show", name).stdout
    assert "No account fits" in synced_shell.run("show", "nobody/1", code=1).stderr
    assert "ACCOUNT/ID" in synced_shell.run("show", "nothing", code=2).stderr
    assert synced_shell.run("show", "nexuscore/tick_nothing", code=1).stderr


def test_a_reply_waits_in_the_outbox_until_it_is_drained(synced_shell, box):
    name = synced_shell.some_ticket("nexuscore")
    identifier = synced_shell.run(
        "reply", name, "--text", "Hello from a script.", "--cc", "boss@example.com"
    ).stdout.strip()
    item = next(item for item in synced_shell.json("outbox") if item["id"] == identifier)
    assert [key for key in item if key in ITEM] == ITEM
    assert (item["account"], item["kind"], item["delivery"], item["attempts"]) == ("nexuscore", "reply", "queued", 0)
    assert synced_shell.json("show", name, "--offline")["pending"] == ["reply"]
    assert not [m for m in box.received("nexuscore", "message") if m["text"] == "Hello from a script."]
    assert synced_shell.run("outbox", "drain").stdout.strip() == "1 sent, 0 left."
    (there,) = [m for m in box.received("nexuscore", "message") if m["text"] == "Hello from a script."]
    assert there["fields"]["cc"] == ["boss@example.com"]
    shown = synced_shell.json("show", name)
    assert [m["delivery"] for m in shown["messages"] if m["text"] == "Hello from a script."] == ["sent"]
    assert shown["pending"] == []
    sent = next(item for item in synced_shell.json("outbox") if item["id"] == identifier)
    assert (sent["delivery"], sent["problem"]) == ("sent", None)


def test_replies_and_notes_from_files_with_attachments(synced_shell, box):
    letter = synced_shell.folder / "letter.txt"
    letter.write_text("From a file: ✓ مرحبا\n", encoding="utf-8")
    portal, thena = synced_shell.some_ticket("mijnklantportaal", 1), synced_shell.some_ticket("thena", 1)
    synced_shell.run("reply", portal, "--file", str(letter), "--attach", str(letter))
    synced_shell.run("note", thena, "--file", "-", given="Only for us.")
    synced_shell.run("note", thena, "--local", "--text", "Only here.")
    synced_shell.run("outbox", "drain")
    assert any("From a file: ✓ مرحبا" in m["text"] for m in box.received("mijnklantportaal", "message"))
    assert box.received("mijnklantportaal", "upload")
    assert [n["text"] for n in box.received("thena", "note")] == ["Only for us."]
    local = [m for m in synced_shell.json("show", thena)["messages"] if m["visibility"] == "local"]
    assert [m["text"] for m in local] == ["Only here."]
    assert "cannot" in synced_shell.run("reply", thena, "--file", str(synced_shell.folder / "none"), code=1).stderr
    assert "nothing to send" in synced_shell.run("reply", thena, "--text", " ", code=1).stderr
    assert "nothing to send" in synced_shell.run("reply", thena, "--text", "\n\u200b\u2060", code=1).stderr
    assert synced_shell.run("note", portal, "--text", "x", code=1).stderr  # no notes through this API: said


def test_set_changes_what_the_vendor_takes(synced_shell, box):
    name = synced_shell.some_ticket("nexuscore", 1)
    synced_shell.run("set", name, "state=closed", "priority=urgent", "assignee=me", "tags=+vip,-nothing")
    assert set(synced_shell.json("show", name, "--offline")["pending"]) == {"state", "priority", "assign", "tags"}
    assert synced_shell.run("outbox", "drain").stdout.strip() == "4 sent, 0 left."
    shown = synced_shell.json("show", name)
    assert shown["state"] in ("closed", "solved")
    assert shown["assignee"] == "jane@example.com"
    assert "vip" in shown["tags"]
    assert "is no state" in synced_shell.run("set", name, "state=purple", code=1).stderr
    assert "NAME=VALUE" in synced_shell.run("set", name, "state", code=2).stderr
    assert "none of state" in synced_shell.run("set", name, "weight=3", code=2).stderr
    assert synced_shell.run("set", name, "subject=Other", code=1).stderr
    assert synced_shell.json("outbox")[0]["delivery"] == "sent"


def test_a_tag_of_several_lines_or_with_what_nobody_sees_changes_nothing(synced_shell, box):
    name = synced_shell.some_ticket("nexuscore", 1)
    before = synced_shell.json("outbox")
    for tag in ("vip\nlate", "vip\tlate", "vi\u200bp", "\x1bvip", "\n"):
        refused = synced_shell.run("set", name, "state=open", f"tags=+{tag}", code=1)
        assert "is no tag" in refused.stderr
        assert "is no tag" in synced_shell.run("set", name, f"tags={tag},vip", code=1).stderr
        ticket = {"brand_id": "x", "subject": "Tagged", "description": "Text", "customer.email": "jo@example.com"}
        for given in ([tag], f"vip,{tag}"):
            wish = json.dumps(ticket | {"tags": given})
            assert (
                "is no tag"
                in synced_shell.run("create", "--account", "nexuscore", "--json", "-", given=wish, code=1).stderr
            )
    assert synced_shell.json("outbox") == before


def test_a_subject_that_nobody_would_see_is_refused(synced_shell, box):
    before = synced_shell.json("outbox")
    name = synced_shell.some_ticket("thena")
    for subject in ("", "\u200b", "\x1b\n"):
        assert "Nobody would see" in synced_shell.run("set", name, f"subject={subject}", code=1).stderr
    wish = json.dumps({"brand_id": "x", "subject": "\u200b", "description": "Text", "customer.email": "jo@example.com"})
    assert (
        "Still missing: "
        in synced_shell.run("create", "--account", "nexuscore", "--json", "-", given=wish, code=1).stderr
    )
    assert synced_shell.json("outbox") == before


@pytest.mark.parametrize("value", [[1, 2], ["vip", None], {"a": "b"}, [["vip"]]])
def test_what_no_form_holds_is_refused_by_the_name_of_its_field(synced_shell, value):
    wish = json.dumps({"subject": "Odd", "tags": value})
    refused = synced_shell.run("create", "--account", "nexuscore", "--json", "-", given=wish, code=1).stderr
    assert refused.strip() == "tags is none of a text, a number, true, false, null and a list of texts."


def test_tickets_are_made_from_json(synced_shell, box):
    wish = {"ticket_name": "Onboard Ada", "pipeline": "", "ticket_stage": ""}
    record = synced_shell.json("tickets", "--account", "routera")[0]
    wish |= {"pipeline": record["shelf"], "ticket_stage": record["stage"] or record["vendor_state"]}
    synced_shell.run("create", "--account", "routera", "--json", "-", given=json.dumps(wish))
    assert any(t["subject"] == "Onboard Ada" and t["pending"] == ["create"] for t in synced_shell.json("tickets"))
    synced_shell.run("outbox", "drain")
    made = box.received("routera", "ticket")
    assert made[-1]["text"] == "Onboard Ada"
    found = [t for t in synced_shell.json("tickets", "--account", "routera") if t["subject"] == "Onboard Ada"]
    assert [t["id"] for t in found] == [made[-1]["remote"]]
    assert (
        "Unknown: colour"
        in synced_shell.run("create", "--account", "routera", "--json", "-", given='{"colour": 1}', code=1).stderr
    )
    assert (
        "not valid JSON" in synced_shell.run("create", "--account", "routera", "--json", "-", given="{", code=1).stderr
    )
    assert (
        "Still missing" in synced_shell.run("create", "--account", "routera", "--json", "-", given="{}", code=1).stderr
    )


def test_archiving_asks_first(synced_shell, box):
    name = synced_shell.some_ticket("routera")
    assert "cannot be undone" in synced_shell.run("archive", name, code=3).stderr
    synced_shell.run("archive", name, "--yes")
    synced_shell.run("outbox", "drain")
    assert synced_shell.json("show", name)["archived"] is True


def test_a_vendor_that_is_only_written_to_takes_records_and_imports(synced_shell, box):
    held = box.ask("thalamus", "tickets")[0]
    table = f"external_id,title,status\n{held['id']},Broken boiler,{held['state']}\n,No id,open\n"
    ran = synced_shell.run("import", "--account", "thalamus", "-", given=table, code=1)
    assert ran.stdout.strip() == "Imported 1 ticket."
    assert "external_id" in ran.stderr
    synced_shell.run("reply", f"thalamus/{held['id']}", "--text", "We come on Monday.")
    synced_shell.run("push", "--account", "thalamus", "contact", "c-77", "name=Ada", "email=ada@example.com")
    synced_shell.run("outbox", "drain")
    assert [m["text"] for m in box.received("thalamus", "message")] == ["We come on Monday."]
    assert any(r["key"] == "c-77" for r in box.received("thalamus", "record"))
    assert "none of" in synced_shell.run("push", "--account", "thalamus", "spaceship", "x", code=1).stderr


@pytest.mark.parametrize("how", ["again", "draft", "discard"])
def test_a_question_ends_draining_with_3_and_waits_for_a_decision(synced_shell, box, how):
    name = synced_shell.some_ticket("nexuscore", {"again": 2, "draft": 3, "discard": 4}[how])
    identifier = synced_shell.run("reply", name, "--text", f"Decide {how}.").stdout.strip()
    box.ask("nexuscore", "speak", "POST", {"ticket": name.partition("/")[2], "text": "Wait, there is more."})
    asked = synced_shell.run("outbox", "drain", code=3)
    assert "A newer message arrived" in asked.stderr
    assert identifier in asked.stderr
    (item,) = [one for one in synced_shell.json("outbox") if one["id"] == identifier]
    assert item["options"] == ["again", "draft", "discard"]
    assert item["waiting"]["for"] == "your decision"
    assert item["waiting"]["since"]
    refused = synced_shell.run("outbox", "resolve", identifier, "was-sent", code=1)
    assert refused.stderr == "Nothing was sent: it was stopped before it left.\n"
    if how == "discard":
        assert f"Decide {how}." in synced_shell.run("outbox", "resolve", identifier, how, code=3).stderr
    synced_shell.run("outbox", "resolve", identifier, how, *(["--yes"] if how == "discard" else []))
    assert synced_shell.run("outbox", "drain").stdout.endswith("0 left.\n")
    texts = [m["text"] for m in box.received("nexuscore", "message")]
    assert texts.count(f"Decide {how}.") == (1 if how == "again" else 0)
    assert "decision" in synced_shell.run("outbox", "resolve", identifier, "again", code=1).stderr or how != "again"
    assert synced_shell.run("outbox", "resolve", "nothing", "again", code=1).stderr


def test_draining_says_what_is_not_known_yet(synced_shell, box):
    name = synced_shell.some_ticket("mijnklantportaal", 2)
    box.ask("mijnklantportaal", "faults", "POST", {"kind": "accept_and_drop", "times": 1, "methods": ["POST"]})
    synced_shell.run("reply", name, "--text", "Did you get it?")
    box.ask("mijnklantportaal", "faults", "POST", {"kind": "latency", "times": None, "seconds": 5, "methods": ["GET"]})
    try:
        ran = synced_shell.run("outbox", "drain", "--timeout", "1", code=1)
        assert ran.stdout.strip() == "0 sent, 1 left."
        assert ". Since " in ran.stderr
        (waiting,) = [item for item in synced_shell.json("outbox") if item["delivery"] != "sent"]
        assert {"for", "since", "until"} == set(waiting["waiting"])
        assert waiting["waiting"]["since"]
        assert waiting["problem"]
    finally:
        box.ask("mijnklantportaal", "faults", "DELETE")
    synced_shell.run("outbox", "drain", "--timeout", "60")
    assert [m["text"] for m in box.received("mijnklantportaal", "message")].count("<p>Did you get it?</p>") <= 1


def test_what_waits_for_a_paused_account_says_so(synced_shell, box):
    name = synced_shell.some_ticket("nexuscore", 6)
    synced_shell.run("accounts", "pause", "nexuscore")
    identifier = synced_shell.run("reply", name, "--text", "Later.").stdout.strip()
    assert "paused" in synced_shell.run("outbox", "drain", "--timeout", "2", code=1).stderr
    (item,) = [one for one in synced_shell.json("outbox") if one["id"] == identifier]
    assert item["problem"] == "This account is paused: nothing is sent before you resume it."
    assert item["waiting"] == {
        "for": "you to resume the account",
        "since": item["waiting"]["since"],
        "until": None,
    }
    synced_shell.run("accounts", "resume", "nexuscore")
    synced_shell.run("outbox", "drain")


def test_a_conversation_that_is_not_there_is_said_in_the_result_and_the_other_accounts_are_read(shell, box):
    for vendor in ("nexuscore", "routera"):
        shell.add(vendor, vendor)
    for status in (404, 200):
        rule = {"kind": "status", "status": status, "body": "{}", "times": None, "path": "/v1/tickets/"}
        box.ask("nexuscore", "faults", "POST", rule)
        try:
            ran = shell.run("sync", "--once", code=1)
        finally:
            box.ask("nexuscore", "faults", "DELETE")
        assert any(line.startswith("routera: up to date") for line in ran.stdout.splitlines())
        (said,) = [line for line in ran.stdout.splitlines() if line.startswith("nexuscore")]
        assert "could not be read" in said or "not NexusCore's" in said
    shown = shell.json("show", shell.some_ticket("nexuscore"), "--offline")
    assert "gap" in shown
    shell.run("sync", "--once")


def test_nobody_reading_is_no_error(synced_shell):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        ran = subprocess.run(
            synced_shell.line("tickets"),
            stdout=pipe,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=60,
            check=True,
            env=environment(),
        )
    assert ran.stderr.endswith(" tickets\n")
    assert ran.stderr.count("\n") == 1
