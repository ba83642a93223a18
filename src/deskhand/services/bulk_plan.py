"""What would become of several tickets: values that a question is drawn from and that `bulk` carries out. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace

from deskhand.domain import wording
from deskhand.domain.commands import Action, SendReply
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass

from .decisions import NOTHING_HERE, DecideTogether, Here

CONFIRM_ABOVE = 5
"""Tickets that are changed without a question; more may have been selected unawares (Ctrl+A)."""

LEFT_OPEN = "Left open, as you chose."


@dataclass(frozen=True, slots=True)
class PlannedTicket:
    """What would become of one ticket.

    Attributes:
        actions: what would be done to it at its vendor, in order; a reply comes first, and the others wait for it.
        reason: why nothing would be; empty where something is, or where the ticket is so already.
        final: no way leads back from it, and it is worth a question.
        no_way_back: why some of it cannot be undone, a sentence; empty where all of it can.
        vendor, account: their names.
        here: what would be done to it on this computer.
        left_out: why some of what was asked for would not be done, each a sentence.
    """

    key: TicketKey
    actions: tuple[Action, ...] = ()
    reason: str = ""
    final: bool = False
    vendor: str = ""
    account: str = ""
    here: Here = NOTHING_HERE
    left_out: tuple[str, ...] = ()
    no_way_back: str = ""

    @property
    def action(self) -> Action | None:
        """The first of its actions; None = nothing would be done at its vendor."""
        return self.actions[0] if self.actions else None

    @property
    def is_changed(self) -> bool:
        """Whether anything would be done to it."""
        return bool(self.actions) or self.here != NOTHING_HERE

    @property
    def done(self) -> str:
        """What would be done, as participles: "answered, set to “closed”"."""
        return ", ".join((*map(wording.done_to, self.actions), *self.here.said))


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """What would be done alike to tickets of one account.

    Attributes:
        done: a participle: "set to “closed”".
        answers: the customer gets a reply, which can be taken back only until it leaves.
        no_way_back: why some of it cannot be undone.
    """

    account: AccountId
    vendor: str
    label: str
    done: str
    final: bool
    count: int
    answers: bool = False
    no_way_back: str = ""


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What would become of the tickets."""

    decide: DecideTogether
    tickets: tuple[PlannedTicket, ...]

    @property
    def changing(self) -> int:
        """How many would be changed."""
        return sum(one.is_changed for one in self.tickets)

    @property
    def final(self) -> int:
        """How many of them by a change that has no way back."""
        return sum(one.final for one in self.tickets)

    @property
    def needs_confirmation(self) -> bool:
        """Whether the agent has to agree first."""
        return self.changing > CONFIRM_ABOVE or self.final > 0 or bool(self.left_out)

    @property
    def answers(self) -> int:
        """How many customers would get a reply."""
        return sum(any(isinstance(action, SendReply) for action in one.actions) for one in self.tickets)

    @property
    def parts(self) -> tuple[PlannedPart, ...]:
        """What would be done at which account."""
        counted: Counter[PlannedPart] = Counter(
            PlannedPart(
                one.key.account,
                one.vendor,
                one.account,
                one.done,
                one.final,
                0,
                answers=any(isinstance(action, SendReply) for action in one.actions),
                no_way_back=one.no_way_back,
            )
            for one in self.tickets
            if one.is_changed
        )
        return tuple(replace(part, count=count) for part, count in counted.items())

    @property
    def refused(self) -> Mapping[str, int]:
        """Why tickets would be left as they are, and how many for each reason."""
        return Counter(one.reason for one in self.tickets if one.reason)

    @property
    def left_out(self) -> Mapping[str, int]:
        """Why part of what was asked for would not be done, and to how many tickets for each reason."""
        return Counter(reason for one in self.tickets if one.is_changed for reason in one.left_out)

    @property
    def unchanged(self) -> int:
        """How many are so already."""
        return sum(not one.is_changed and not one.reason for one in self.tickets)

    @property
    def lines(self) -> tuple[str, ...]:
        """A sentence for every vendor and what happens there, then what stays as it is and what cannot be done."""
        done: Counter[tuple[str, str, str]] = Counter()
        for part in self.parts:
            done[part.vendor, part.done, part.no_way_back] += part.count
        lines = [
            f"{vendor}: {wording.tickets(count)}, {label}." + (f" {why}" if why else "")
            for (vendor, label, why), count in done.items()
        ]
        return (*lines, *self.left_lines)

    @property
    def left_lines(self) -> tuple[str, ...]:
        """A sentence for what stays as it is, and one for each reason why something cannot be done."""
        lines = [f"{wording.tickets(self.unchanged)}, nothing to change."] if self.unchanged else []
        lines += [f"{wording.tickets(count)}, not changed: {reason}" for reason, count in self.refused.items()]
        lines += [f"{wording.tickets(count)}: {reason}" for reason, count in self.left_out.items()]
        return tuple(lines)

    def without_final(self) -> "BulkPlan":
        """Return the plan that leaves alone what could not be undone."""
        return self.without([one.key for one in self.tickets if one.final], LEFT_OPEN)

    def without(self, keys: Collection[TicketKey], reason: str) -> "BulkPlan":
        """Return the plan that leaves these tickets alone, for a reason that is kept with the results."""
        left = frozenset(keys)
        kept = (
            replace(one, actions=(), here=NOTHING_HERE, final=False, reason=reason) if one.key in left else one
            for one in self.tickets
        )
        return replace(self, tickets=tuple(kept))
