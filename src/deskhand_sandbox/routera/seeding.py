"""The seed data as Routera has it: its tickets as flat records, without a conversation."""

import random
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from deskhand_sandbox.routera.records import Records
from deskhand_sandbox.routera.schema import PIPELINES, SEVERITIES
from deskhand_sandbox.seed_data import SeedData, SeedTicket

_STAGES = {
    "default": {
        "open": ("new", "in_progress"),
        "pending": ("waiting_on_customer",),
        "on_hold": ("parked",),
        "snoozed": ("parked",),
        "solved": ("done",),
        "closed": ("closed",),
    },
    "billing": {
        "open": ("received", "checking"),
        "pending": ("waiting_on_bank",),
        "on_hold": ("waiting_on_bank",),
        "snoozed": ("waiting_on_bank",),
        "solved": ("refunded",),
        "closed": ("rejected",),
    },
    "onboarding": {
        "open": ("kick_off", "set_up"),
        "pending": ("training",),
        "on_hold": ("set_up",),
        "snoozed": ("set_up",),
        "solved": ("live",),
        "closed": ("live",),
    },
}


def fill(records: Mapping[str, Records], seed_data: SeedData) -> None:
    """Put the seed data into the records: every seeded ticket a ticket, every customer a contact, every company a company."""
    dice = random.Random(seed_data.seed)
    for seed_ticket in seed_data.tickets:
        _seed_ticket(records["tickets"], seed_ticket, dice)
    _seed_contacts(records["contacts"], seed_data, dice)
    _seed_companies(records["companies"], records["deals"], seed_data, dice)


def _seed_ticket(tickets: Records, seed_ticket: SeedTicket, dice: random.Random) -> None:
    pipeline = dice.choices(tuple(PIPELINES), (7, 2, 1))[0]
    values = {
        "ticket_name": seed_ticket.subject,
        "pipeline": pipeline,
        "ticket_stage": dice.choice(_STAGES[pipeline].get(seed_ticket.state, PIPELINES[pipeline][:1])),
        "ticket_owner": None if seed_ticket.assignee is None else seed_ticket.assignee.email,
        "external_id": f"web-{seed_ticket.number}" if dice.random() < 0.3 else None,
        "customer_email": None if seed_ticket.requester is None else seed_ticket.requester.email,
        "due_date": (seed_ticket.created_at + timedelta(days=dice.randrange(1, 30))).date().isoformat()
        if dice.random() < 0.4
        else None,
        "severity": dice.choice(SEVERITIES) if dice.random() < 0.7 else None,
        "seats": dice.randrange(1, 500) if dice.random() < 0.3 else None,
        "escalated": seed_ticket.priority == "urgent",
    }
    tickets.seed(values, seed_ticket.created_at, seed_ticket.updated_at, _uuid(dice))


def _seed_contacts(contacts: Records, seed_data: SeedData, dice: random.Random) -> None:
    addresses = set()
    for person in seed_data.customers:
        first, _, last = person.name.rpartition(" ")
        values = {
            "first_name": first or None,
            "last_name": last or None,
            "email": person.email if person.email not in addresses else None,
            "phone": person.phone,
        }
        addresses.add(person.email)
        contacts.seed(values, seed_data.now - timedelta(days=300), seed_data.now - timedelta(days=100), _uuid(dice))


def _seed_companies(companies: Records, deals: Records, seed_data: SeedData, dice: random.Random) -> None:
    names = sorted({person.company for person in seed_data.customers if person.company})
    for position, name in enumerate(names):
        created, updated = seed_data.now - timedelta(days=400), seed_data.now - timedelta(days=200)
        companies.seed(
            {"company_name": name, "website_url": f"https://company-{position}.example"}, created, updated, _uuid(dice)
        )
        if position % 3 == 0:
            deal = {"deal_name": f"{name}: renewal", "pipeline": "sales", "deal_stage": "qualified"}
            deals.seed(deal, created, updated, _uuid(dice))


def _uuid(dice: random.Random) -> str:
    return str(UUID(int=dice.getrandbits(128), version=4))
