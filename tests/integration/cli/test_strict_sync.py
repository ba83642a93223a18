"""What a round could not read is said, and ends the command with another code."""

import json

ONE_OF_TWO = {"data": [{"id": "R1", "ticket_name": "Late parcel"}, {"id": None}], "pagination": {"limit": 100}}


def test_an_entry_of_the_list_that_cannot_be_read_is_said_and_the_others_are_there(shell, box):
    shell.add("routera", "records")
    rule = {"kind": "status", "status": 200, "body": json.dumps(ONE_OF_TWO), "times": None, "path": "/tickets"}
    box.ask("routera", "faults", "POST", rule)
    try:
        said = shell.run("sync", "--once", code=1).stdout
    finally:
        box.ask("routera", "faults", "DELETE")
    assert "1 item could not be read." in said
    assert [ticket["subject"] for ticket in shell.json("tickets")] == ["Late parcel"]
    assert "could not be read" not in shell.run("sync", "--once").stdout
