"""What a step of a macro is, what may stand in it, and how it is written for a person. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from deskhand.content.addresses import check_addresses
from deskhand.content.characters import shows_nothing
from deskhand.content.ticket_tags import check_tags
from deskhand.domain import wording
from deskhand.domain.capabilities import Feature
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.tickets import Priority, State

ME, NOBODY = "me", "nobody"
"""Whom a ticket may be assigned to beside an e-mail address."""

ON_REPLY = "reply"
"""Where a time of Later would stand: until the customer replies."""

LONGEST_TEXT = 50_000
_SHOWN_LETTERS = 40


class StepKind(StrEnum):
    """What a step does; the names stand in files and settings."""

    REPLY = "reply"
    NOTE = "note"
    STATE = "state"
    """By meaning: each vendor has its own word."""
    VENDOR_STATE = "vendor_state"
    """By a vendor's own word."""
    PRIORITY = "priority"
    ASSIGN = "assign"
    ADD_TAGS = "add_tags"
    REMOVE_TAGS = "remove_tags"
    LATER = "later"
    LATER_KEEP = "later_even_if_reply"
    READ = "read"


@dataclass(frozen=True, slots=True)
class MacroStep:
    """One change.

    Attributes:
        value: a text with places for `reply` and `note`; a `State` or a vendor's word; a `Priority`; "me", "nobody" or an e-mail address; tags with
            commas between; a typed time or "reply"; empty for `read`.
    """

    kind: StepKind
    value: str = ""

    @property
    def title(self) -> str:
        """What it does, in a few words: "state closed", "tags +refund"."""
        return _title(self)

    @property
    def problem(self) -> str:
        """Why it cannot be kept, a sentence; empty where it can. Whether a typed time can be read is not looked at."""
        return _problem(self)


FEATURES: Mapping[StepKind, Feature] = {
    StepKind.REPLY: Feature.REPLY,
    StepKind.STATE: Feature.STATE,
    StepKind.VENDOR_STATE: Feature.STATE,
    StepKind.PRIORITY: Feature.PRIORITY,
    StepKind.ASSIGN: Feature.ASSIGN,
    StepKind.ADD_TAGS: Feature.TAGS,
    StepKind.REMOVE_TAGS: Feature.TAGS,
}
"""What a vendor has to offer for a step. A note is kept on this computer where the vendor takes none; the others never leave it."""

_ONCE: Mapping[StepKind, str] = {
    StepKind.REPLY: "reply",
    StepKind.NOTE: "note",
    StepKind.STATE: "state",
    StepKind.VENDOR_STATE: "state",
    StepKind.PRIORITY: "priority",
    StepKind.ASSIGN: "assignee",
    StepKind.LATER: "time in Later",
    StepKind.LATER_KEEP: "time in Later",
    StepKind.READ: "mark as read",
}
"""Of what a macro has one at most."""

STATES = tuple(state for state in State if state is not State.OTHER)
PRIORITIES = tuple(priority for priority in Priority if priority is not Priority.OTHER)


def in_order(steps: Sequence[MacroStep]) -> tuple[MacroStep, ...]:
    """Return the steps with the reply first, because all others wait until it was sent; the rest as they stand."""
    return tuple(sorted(steps, key=lambda step: step.kind is not StepKind.REPLY))


def tags_of(value: str) -> tuple[str, ...]:
    """Return the tags of a text with commas between, each once."""
    return tuple(dict.fromkeys(tag for part in value.split(",") if (tag := part.strip())))


def _title(step: MacroStep) -> str:
    value = step.value
    match step.kind:
        case StepKind.REPLY | StepKind.NOTE:
            text = " ".join(value.split())
            shown = text if len(text) <= _SHOWN_LETTERS else f"{text[: _SHOWN_LETTERS - 1].rstrip()}…"
            return f"{step.kind.value} “{shown}”"
        case StepKind.STATE:
            return f"state {wording.state(State(value)).casefold()}"
        case StepKind.VENDOR_STATE:
            return f"state “{value}”"
        case StepKind.PRIORITY:
            return f"priority {wording.priority(Priority(value)).casefold()}"
        case StepKind.ASSIGN:
            return f"assign to {value}"
        case StepKind.ADD_TAGS:
            return " ".join(("tags", *(f"+{tag}" for tag in tags_of(value))))
        case StepKind.REMOVE_TAGS:
            return " ".join(("tags", *(f"−{tag}" for tag in tags_of(value))))
        case StepKind.LATER | StepKind.LATER_KEEP:
            until = "until they reply" if value == ON_REPLY else value
            return f"Later: {until}" + (", even if they reply" if step.kind is StepKind.LATER_KEEP else "")
        case StepKind.READ:
            return "mark as read"


def _problem(step: MacroStep) -> str:
    value = step.value
    match step.kind:
        case StepKind.REPLY | StepKind.NOTE:
            if shows_nothing(value):
                return f"The {step.kind.value} has no text."
            return f"A text has at most {LONGEST_TEXT:,} characters." if len(value) > LONGEST_TEXT else ""
        case StepKind.STATE:
            return "" if value in STATES else f"A state is one of {', '.join(STATES)}."
        case StepKind.VENDOR_STATE:
            return "" if value.strip() and value.isprintable() else "The vendor's word for the state is missing."
        case StepKind.PRIORITY:
            return "" if value in PRIORITIES else f"A priority is one of {', '.join(PRIORITIES)}."
        case StepKind.ASSIGN:
            if not value:
                return "Say whom to assign to: me, nobody or an e-mail address."
            return "" if value in (ME, NOBODY) else check_addresses([value])
        case StepKind.ADD_TAGS | StepKind.REMOVE_TAGS:
            return check_tags(tags_of(value)) if tags_of(value) else "No tag is named."
        case StepKind.LATER | StepKind.LATER_KEEP:
            if value == ON_REPLY and step.kind is StepKind.LATER_KEEP:
                return "“Until they reply” and “even if they reply” do not fit together."
            return "" if value.strip() else "Say until when."
        case StepKind.READ:
            return ""


def wrong_steps(steps: Sequence[MacroStep]) -> str:
    """Return what is wrong with the steps together, a sentence; empty where nothing is."""
    if not steps:
        return "It has no step."
    seen: set[str] = set()
    for number, step in enumerate(steps, 1):
        if wrong := step.problem:
            return f"Step {number}: {wrong}"
        once = _ONCE.get(step.kind)
        if once in seen:
            return f"Step {number} is a second {once}; a macro has one."
        if once is not None:
            seen.add(once)
    return ""
