"""Signs in to every vendor of the sandbox."""

import json
from collections.abc import Callable

from deskhand.domain.accounts import Secret, VendorInfo
from deskhand.domain.capabilities import Capabilities, Feature
from deskhand.services.accounts import AccountForm, Added
from deskhand.services.services import Services

from .sandbox_process import SandboxProcess, Vendor

LABELS = {
    "nexuscore": "Retail EU",
    "thena": "Platform support",
    "mijnklantportaal": "Klantenservice",
    "routera": "Onboarding",
    "thalamus": "Field repairs",
}
"""What the accounts are called; one that is not named here has the vendor's own name."""
ME = "jane@example.com"
IMPORTED = 15
SETTINGS = {
    "routera": {
        "custom_fields": "due_date, severity, seats, escalated, customer_email, last_note",
        "closed_stages": "closed, done",
    },
    "thalamus": {
        "agent_id": "AGT-42",
        "agents": "AGT-42 = Jane Visser, AGT-43 = Piotr Zieliński",
        "groups": "GRP-100 = Field",
    },
}
"""What an agent would have typed into the options, because these vendors list neither fields nor people."""


class NotSignedIn(Exception):
    """A vendor of the sandbox refused, in a sentence."""


async def sign_in(services: Services, sandbox: SandboxProcess, report: Callable[[str], None]) -> None:
    """Add one account per vendor; `report` is told of each."""
    by_id = {vendor.id: vendor for vendor in sandbox.vendors}
    for info in services.accounts.vendors():
        label = LABELS.get(info.id, info.name)
        form, secret = form_of(info, by_id[info.id], label)
        outcome = await services.accounts.add(form, secret)
        if not isinstance(outcome, Added):
            raise NotSignedIn(f"{label}: {outcome.message}")
        report(f"signed in to {info.name} as {label}")
        if Feature.IMPORT in (outcome.account.capabilities or Capabilities()):
            held = sandbox.tickets(info.id)[:IMPORTED]
            result = await services.records.import_tickets(outcome.account.id, json.dumps(held))
            report(f"imported {result.taken} tickets into {label}, because nothing can be read from {info.name}")


def form_of(info: VendorInfo, vendor: Vendor, label: str) -> tuple[AccountForm, Secret]:
    """Return what the add-account dialog would have collected."""
    given = vendor.credentials
    kind = next(kind for kind in info.kinds if all(f.name in given for f in kind.fields if f.required))
    settings = {f.name: given[f.name] for f in kind.fields if not f.secret and f.name in given}
    settings |= SETTINGS.get(vendor.id, {})
    return AccountForm(info.id, label, vendor.base_url, ME, kind.id, settings), Secret(given[kind.secret.name])
