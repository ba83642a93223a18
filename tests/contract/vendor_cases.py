"""What the contract tests have to know of each vendor. A new vendor needs its row here and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.helpers.vendor_writes import (
    NEW_RECORD,
    Write,
    agent,
    archive,
    attach,
    close,
    create,
    dispatch,
    edit,
    edit_three_at_once,
    its_stage,
    join,
    listed,
    pipeline,
    priority,
    push,
    send,
    somebody,
    state,
    tags,
    text,
    toggled,
    yes,
)

from deskhand.domain.commands import LinkTickets, MakeSubTicket
from deskhand.domain.ids import VendorId


@dataclass(frozen=True)
class VendorCase:
    """What the suites cannot ask a connection.

    Attributes:
        writes: every write that the vendor offers, and every request that one of them consists of.
        settings: of the account, beside what its sign-in needs.
        write_call: how `api.py` sends a write, as an expression; each place is one request.
        renews_tokens: a token that is refused under way is renewed, and a write with a key goes out again with it.
        checks_in_a_row: for a vendor that documents a limit: checks per account that together would pass it.
        message_suffix: how the ids of messages end that only Deskhand knows.
        messages_name_ticket: False where a conversation does not name its ticket, so that another one's cannot be told from it.
        pages_list: False where the vendor gives all its tickets in one page.
        tickets: how many the server holds for `test_every_vendor`: enough for two pages.
    """

    vendor: VendorId
    writes: tuple[Write, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    write_call: str = r"_client\.(?:write|put_bytes)\("
    renews_tokens: bool = False
    checks_in_a_row: int = 0
    message_suffix: str = ""
    messages_name_ticket: bool = True
    pages_list: bool = True
    tickets: int = 128


NEXUSCORE_NEW = {
    "brand_id": "",
    "subject": "Made by a test #",
    "description": "It never came.",
    "customer.email": "casey@example.com",
}
THENA_NEW = {"title": "Made by a test #", "requestorEmail": "casey@example.com", "teamId": ""}
UUID = "3c90c3cc-0d44-4b50-8888-8dd25736052a"

CASES = {
    case.vendor: case
    for case in (
        VendorCase(
            VendorId("nexuscore"),
            checks_in_a_row=100,
            writes=(
                Write("state", r"PATCH /v1/tickets/[^/]+", edit(state_id=state)),
                Write("priority", r"PATCH /v1/tickets/[^/]+", edit(priority_id=priority)),
                Write("assignee", r"PATCH /v1/tickets/[^/]+", edit(assign=yes, assignee=somebody)),
                Write("tags", r"PATCH /v1/tickets/[^/]+", edit(tags=tags)),
                Write("reply", r"POST /v1/tickets/[^/]+/messages", send("replies"), once=True, looked_for=True),
                Write(
                    "reply with a copy and a file",
                    r"POST /v1/tickets/[^/]+/messages",
                    send("replies", ("casey@example.com",), file=True),
                    once=True,
                    looked_for=True,
                ),
                Write("file: its place", r"POST /v1/attachments", send("replies", file=True), step=True),
                Write("file: its bytes", r"PUT /storage/[^/]+", send("replies", file=True), step=True),
                Write("create", r"POST /v1/tickets", create(**NEXUSCORE_NEW), once=True, looked_for=True),
            ),
        ),
        VendorCase(
            VendorId("thena"),
            message_suffix="description",
            writes=(
                Write("state", r"PATCH /v1/tickets/[^/]+", edit(state_id=state)),
                Write("priority", r"PATCH /v1/tickets/[^/]+", edit(priority_id=priority)),
                Write("assignee", r"PATCH /v1/tickets/[^/]+", edit(assign=yes, assignee=somebody)),
                Write("subject", r"PATCH /v1/tickets/[^/]+", edit(fields=text("subject"))),
                Write("aiGeneratedSummary", r"PATCH /v1/tickets/[^/]+", edit(fields=text("aiGeneratedSummary"))),
                Write("typeId", r"PATCH /v1/tickets/[^/]+", edit(fields=listed("typeId"))),
                Write("sentimentId", r"PATCH /v1/tickets/[^/]+", edit(fields=listed("sentimentId"))),
                Write("isPrivate", r"PATCH /v1/tickets/[^/]+", edit(fields=toggled("isPrivate"))),
                Write("state of several", r"PATCH /v1/tickets/bulk", edit_three_at_once, effects=3, old_looks_new=True),
                Write("reply", r"POST /v1/tickets/[^/]+/comment", send("replies")),
                Write("note", r"POST /v1/tickets/[^/]+/comment", send("notes")),
                Write("create", r"POST /v1/tickets", create(**THENA_NEW)),
                Write("link", r"PATCH /v1/tickets/link", join(LinkTickets), once=True, old_looks_new=True, unseen=True),
                Write(
                    "sub_ticket",
                    r"PATCH /v1/tickets/sub-ticket",
                    join(MakeSubTicket),
                    once=True,
                    old_looks_new=True,
                    unseen=True,
                ),
            ),
        ),
        VendorCase(
            VendorId("mijnklantportaal"),
            checks_in_a_row=50,
            writes=(
                Write("reply", r"POST /v1/tickets/[^/]+", send("replies"), once=True, looked_for=True),
                Write("state", r"PATCH /v1/tickets/[^/]+", close, looked_for=True, old_looks_new=True),
                Write("file", r"POST /v1/tickets/[^/]+/message/[^/]+/attachment", attach, once=True),
            ),
        ),
        VendorCase(
            VendorId("routera"),
            renews_tokens=True,
            settings={"custom_fields": "last_note = Last note"},
            writes=(
                Write("state", r"PATCH /tickets/[^/]+", edit(state_id=state)),
                Write("assignee", r"PATCH /tickets/[^/]+", edit(assign=yes, assignee=somebody)),
                Write("subject", r"PATCH /tickets/[^/]+", edit(fields=text("subject"))),
                Write("pipeline", r"PATCH /tickets/[^/]+", edit(fields=pipeline, state_id=its_stage)),
                Write("last_note", r"PATCH /tickets/[^/]+", edit(fields=text("last_note"))),
                Write("create", r"POST /tickets", NEW_RECORD),
                Write("archive", r"DELETE /tickets/[^/]+", archive, looked_for=True),
                Write("dispatch", r"POST /dispatch/router", dispatch, once=True, looked_for=True, any_text=True),
            ),
        ),
        VendorCase(
            VendorId("thalamus"),
            write_call=r"return await self\._post\(",
            writes=(
                Write("state", r"POST /api/v1/ticket/[^/]+", edit(state_id=state)),
                Write("priority", r"POST /api/v1/ticket/[^/]+", edit(priority_id=priority)),
                Write("assignee", r"POST /api/v1/ticket/[^/]+", edit(assign=yes, assignee=agent)),
                Write("subject", r"POST /api/v1/ticket/[^/]+", edit(fields=text("subject"))),
                *(
                    Write(name, r"POST /api/v1/ticket/[^/]+", edit(fields=text(name)))
                    for name in (
                        "type",
                        "category",
                        "subcategory",
                        "organization_external_id",
                        "contact_external_id",
                        "external_group_id",
                    )
                ),
                Write("reply", r"POST /api/v1/ticket/[^/]+/comment", send("replies")),
                Write("note", r"POST /api/v1/ticket/[^/]+/comment", send("notes")),
                Write("create", r"POST /api/v1/ticket/[^/]+", create(title="Made by a test #")),
                Write(
                    "create: its first words",
                    r"POST /api/v1/ticket/[^/]+/comment",
                    create(title="Made by a test #", comment="It never came."),
                    step=True,
                ),
                Write("contact", r"POST /api/v1/contact/[^/]+", push("contact", name="Casey #")),
                Write("organization", r"POST /api/v1/organization/[^/]+", push("organization", name="Acme #")),
                Write(
                    "status",
                    r"POST /api/v1/partner/reference/status",
                    push("status", label="Waiting #", mapped_status="pending"),
                ),
                Write(
                    "category",
                    r"POST /api/v1/reference/category",
                    push("category", value="technical", label="Technical #", type_value="support"),
                ),
                Write("agent", r"POST /api/v1/reference/agent", push("agent", name="Jane #")),
                Write(
                    "queue",
                    r"POST /api/v1/queue",
                    push("queue", type="callback", phone="+3161234567#", campaign_uuid=UUID, skill_uuid=UUID),
                    once=True,
                ),
            ),
        ),
    )
}


def every_write() -> list[Any]:
    """Return all writes of all vendors, each with its vendor's case, as arguments of a test."""
    return [
        pytest.param(case, write, id=f"{case.vendor}-{write.name}") for case in CASES.values() for write in case.writes
    ]
