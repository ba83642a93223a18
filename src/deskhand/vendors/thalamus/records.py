"""The records that can be pushed to Thalamus, as forms with the documented fields and limits, and their JSON. Pure."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from deskhand.domain.capabilities import FieldKind, FormField, RecordForm
from deskhand.domain.commands import PushRecord
from deskhand.domain.problems import Invalid, NotPossible
from deskhand.domain.tickets import FieldValue
from deskhand.http.times import to_rfc3339
from deskhand.vendors.values import as_datetime, is_filled

from .mapping import INTERNAL_STATES

CONTACT, ORGANIZATION, STATUS, CATEGORY, AGENT, QUEUE = (
    "contact",
    "organization",
    "status",
    "category",
    "agent",
    "queue",
)

_STATE_CHOICES = tuple((value, value) for value in INTERNAL_STATES)
_ACTIVE = (("active", "active"), ("inactive", "inactive"))
_QUEUES = tuple((kind, kind) for kind in ("callback", "appointment", "ticket", "chat", "abandoned"))

_ADDRESS = (
    FormField("email", "E-mail", FieldKind.EMAIL),
    FormField("phone", "Phone", help="With the country: +31612345678."),
    FormField("address", "Street and number"),
    FormField("zip", "Postal code"),
    FormField("city", "City"),
    FormField("country", "Country", help="Two letters, such as NL."),
    FormField("comment", "Comment", FieldKind.TEXT, help="Internal; Thalamus does not repeat it."),
)

_EXTERNAL_ID = "external_id"
"""The first field of every form: its value is `PushRecord.external_id`, not one of `PushRecord.fields`."""

_STARTS_AT = "datetime_start"
"""A moment, which no date field can hold: an appointment is at an hour."""


def _id_field(label: str, example: str) -> FormField:
    return FormField(
        _EXTERNAL_ID,
        label,
        required=True,
        help=f"Your own id, such as {example}. The same id again changes the record.",
    )


FORMS = (
    RecordForm(
        CONTACT,
        "Contact",
        (
            _id_field("Contact id", "C-10042"),
            FormField("name", "Name"),
            FormField("external_organization_id", "Organization id"),
            *_ADDRESS,
            FormField("status", "Status", default="active"),
        ),
    ),
    RecordForm(
        ORGANIZATION,
        "Organization",
        (
            _id_field("Organization id", "ORG-5001"),
            FormField("name", "Name"),
            *_ADDRESS,
            FormField("status", "Status", default="active"),
        ),
    ),
    RecordForm(
        STATUS,
        "Status variant",
        (
            FormField(
                _EXTERNAL_ID,
                "Status id",
                required=True,
                max_length=256,
                help="A machine name, such as waiting_on_customer. The same id again changes the variant.",
            ),
            FormField("label", "Label", required=True, max_length=128),
            FormField("mapped_status", "Counts as", FieldKind.CHOICE, required=True, choices=_STATE_CHOICES),
            FormField("source_system", "Source system", max_length=256),
            FormField("status", "Use", FieldKind.CHOICE, choices=_ACTIVE, default="active"),
        ),
    ),
    RecordForm(
        CATEGORY,
        "Category",
        (
            _id_field("Category id", "CAT-100"),
            FormField("value", "Value", required=True, help="A machine name, such as technical."),
            FormField("label", "Label", required=True),
            FormField("type_value", "Ticket type", required=True, help="The type that it belongs to, such as support."),
            FormField("sort_order", "Position", FieldKind.NUMBER),
        ),
    ),
    RecordForm(
        AGENT,
        "Agent",
        (
            _id_field("Agent id", "AGT-42"),
            FormField("name", "Name", required=True),
            FormField("group_external_ids", "Group ids", FieldKind.TAGS, help="With commas: GRP-100, GRP-200."),
        ),
    ),
    RecordForm(
        QUEUE,
        "Queue record",
        (
            FormField(
                _EXTERNAL_ID,
                "Name in the outbox",
                required=True,
                help="Only for you: Thalamus gives queue records ids of its own and is not told this one.",
            ),
            FormField("type", "Kind", FieldKind.CHOICE, required=True, choices=_QUEUES),
            FormField("phone", "Phone", required=True, help="With the country: +31612345678."),
            FormField("campaign_uuid", "Campaign", required=True, help="Thalamus' own id, a UUID."),
            FormField("skill_uuid", "Skill", required=True, help="Thalamus' own id, a UUID."),
            FormField("name", "Name"),
            FormField("email", "E-mail", FieldKind.EMAIL),
            FormField("reference", "Ticket id", help="The ticket that it belongs to."),
            FormField("agent_uuid", "Agent", help="Thalamus' own id, a UUID: it is shown where an agent was pushed."),
            FormField("comment", "Comment", FieldKind.TEXT),
            FormField(
                _STARTS_AT,
                "Starts at",
                help="Date and time, such as 2026-12-01 10:00. Without a zone it is this computer's.",
            ),
        ),
        keyed=False,
    ),
)

_BY_KIND: Mapping[str, RecordForm] = {form.kind: form for form in FORMS}


def record_body(record: PushRecord) -> dict[str, Any]:
    """Return the JSON of a record, its external id included under `external_id` where Thalamus takes one.

    Raises:
        NotPossible: there is no such kind.
        Invalid: what the documents require is missing, too long or of another kind; nothing was sent.
    """
    form = _BY_KIND.get(record.kind)
    if form is None:
        raise NotPossible(f"Thalamus has no records of the kind {record.kind}. Nothing was sent.")
    values: dict[str, FieldValue] = dict(record.fields)
    if record.external_id:
        values[_EXTERNAL_ID] = record.external_id
    body: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field in form.fields:
        value = values.get(field.name)
        if not is_filled(value):
            if field.required:
                wrong[field.name] = "is needed"
            continue
        try:
            body[field.name] = _typed(field, value)
        except ValueError as error:
            wrong[field.name] = str(error)
    if wrong:
        raise Invalid(fields=wrong)
    if record.kind == QUEUE:
        del body[_EXTERNAL_ID]
    return body


def _typed(field: FormField, value: FieldValue) -> Any:
    """Return a value in the type that the documents name."""
    if field.kind is FieldKind.TAGS:
        parts = value if isinstance(value, tuple) else str(value).split(",")
        return [part.strip() for part in parts if part.strip()]
    text = str(value).strip()
    if field.max_length is not None and len(text) > field.max_length:
        raise ValueError(f"at most {field.max_length} characters")
    if field.choices and text not in {key for key, _ in field.choices}:
        raise ValueError(f"one of {', '.join(key for key, _ in field.choices)}")
    if field.name.endswith("_uuid"):
        return _uuid(text)
    if field.kind is FieldKind.NUMBER:
        if not re.fullmatch(r"[+-]?\d+(\.0+)?", text):
            raise ValueError("a whole number")
        return int(text.partition(".")[0])
    return _moment(text) if field.name == _STARTS_AT else text


def _moment(text: str) -> str:
    moment = as_datetime(text)
    if moment is None:
        raise ValueError("a date and time, like 2026-12-01 10:00")
    return to_rfc3339(moment)


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise ValueError("a UUID, like 3c90c3cc-0d44-4b50-8888-8dd25736052a") from None
