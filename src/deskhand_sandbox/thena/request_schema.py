"""What the bodies of Thena's calls may hold, and the sentences of a NestJS validation about what they hold wrongly."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.exceptions import HTTPException

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})")

LONGEST_KEY = 255


def _is_moment(value: object) -> bool:
    if not isinstance(value, str) or _MOMENT.fullmatch(value) is None:
        return False
    try:
        datetime.fromisoformat(value.upper())
    except ValueError:
        return False
    return True


def _all(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


@dataclass(frozen=True, slots=True)
class ValueType:
    """A kind of value: the check and the end of the sentence that says what is wrong."""

    fits: Callable[[object], bool]
    complaint: str


TEXT = ValueType(lambda value: isinstance(value, str), "must be a string")
KEY = ValueType(
    lambda value: isinstance(value, str) and len(value) <= LONGEST_KEY,
    "must be shorter than or equal to 255 characters",
)
EMAIL = ValueType(lambda value: isinstance(value, str) and _EMAIL.fullmatch(value) is not None, "must be an email")
FLAG = ValueType(lambda value: isinstance(value, bool), "must be a boolean value")
MOMENT = ValueType(_is_moment, "must be a valid ISO 8601 date string")
OBJECT = ValueType(lambda value: isinstance(value, dict), "must be an object")
TEXTS = ValueType(lambda value: _all(value, str), "each value must be a string")
OBJECTS = ValueType(lambda value: _all(value, dict), "each value must be an object")
VISIBILITY = ValueType(
    lambda value: value in ("public", "private"), "must be one of the following values: public, private"
)

_BOTH = {
    "title": TEXT,
    "description": TEXT,
    "assignedAgentId": TEXT,
    "assignedAgentEmail": EMAIL,
    "accountId": TEXT,
    "dueDate": MOMENT,
    "submitterEmail": EMAIL,
    "statusId": TEXT,
    "statusName": TEXT,
    "priorityId": TEXT,
    "priorityName": TEXT,
    "sentimentId": TEXT,
    "metadata": OBJECT,
    "typeId": TEXT,
    "isPrivate": FLAG,
    "source": TEXT,
    "aiGeneratedTitle": TEXT,
    "aiGeneratedSummary": TEXT,
}
CREATE: Mapping[str, ValueType] = {
    **_BOTH,
    "requestorEmail": EMAIL,
    "teamId": TEXT,
    "formId": TEXT,
    "closedAt": MOMENT,
    "closedById": TEXT,
    "isProactive": FLAG,
    "proactiveChannels": TEXTS,
    "performRouting": FLAG,
    "attachmentUrls": TEXTS,
    "customFieldValues": OBJECTS,
    "commentContent": TEXT,
    "commentContentHtml": TEXT,
    "commentContentJson": TEXT,
    "commentAttachmentIds": TEXTS,
    "commentMetadata": OBJECT,
    "commentImpersonatedUserName": TEXT,
    "commentImpersonatedUserEmail": EMAIL,
    "commentImpersonatedUserAvatar": TEXT,
    "deDuplicationKey": KEY,
}
NEEDED_TO_CREATE = ("title", "requestorEmail", "teamId")
CHANGE: Mapping[str, ValueType] = _BOTH
COMMENT: Mapping[str, ValueType] = {
    "content": TEXT,
    "contentHtml": TEXT,
    "contentJson": TEXT,
    "threadName": TEXT,
    "parentCommentId": TEXT,
    "commentVisibility": VISIBILITY,
    "commentType": TEXT,
    "customerEmail": EMAIL,
    "metadata": OBJECT,
    "attachmentIds": TEXTS,
    "impersonatedUserEmail": EMAIL,
    "impersonatedUserName": TEXT,
    "impersonatedUserAvatar": TEXT,
    "shouldSendEmail": FLAG,
    "deDuplicationKey": KEY,
}
BULK_CHANGE: Mapping[str, ValueType] = {
    "ticketIds": TEXTS,
    "statusId": TEXT,
    "typeId": TEXT,
    "priorityId": TEXT,
    "assignedAgentId": TEXT,
    "isPrivate": FLAG,
}
BULK_CREATE: Mapping[str, ValueType] = {"tickets": OBJECTS, "options": OBJECT}
LINK: Mapping[str, ValueType] = {"sourceTicketId": TEXT, "linkedTicketId": TEXT}
SUB_TICKET: Mapping[str, ValueType] = {"parentTicketId": TEXT, "subTicketId": TEXT}

CLEARABLE = frozenset(
    {"assignedAgentId", "assignedAgentEmail", "priorityId", "priorityName", "typeId", "sentimentId", "accountId"}
)
"""What a null empties in a change."""


def invalid(*sentences: str) -> HTTPException:
    """A 400 with a list of sentences; each ends with a line break, by which `Server.error_response` knows the list."""
    return HTTPException(400, "".join(f"{sentence}\n" for sentence in sentences))


def check(
    body: Mapping[str, Any],
    shape: Mapping[str, ValueType],
    needed: tuple[str, ...] = (),
    clearable: frozenset[str] = frozenset(),
) -> None:
    """Raise a 400 that names everything wrong with a body: unknown fields, missing ones, wrong values."""
    wrong = [f"property {name} should not exist" for name in body if name not in shape]
    wrong += [f"{name} should not be empty" for name in needed if body.get(name) in (None, "", [])]
    for name, kind in shape.items():
        if name not in body or (name in needed and body[name] in (None, "", [])):
            continue
        if not kind.fits(body[name]) and not (body[name] is None and name in clearable):
            wrong.append(f"{name} {kind.complaint}")
    if wrong:
        raise invalid(*wrong)
