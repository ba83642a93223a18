"""What is selected, by vendor, and what can be done to how much of it. Pure."""

from collections.abc import Mapping, Sequence

from deskhand.domain.capabilities import Feature
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.lazy_dataclass import dataclass

from .bulk_plan import BulkPlan
from .tickets import TicketView

CHANGEABLE = (Feature.ASSIGN, Feature.STATE, Feature.PRIORITY, Feature.TAGS)
"""What can be changed in several tickets at once."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of the selected tickets something can be done to.

    Attributes:
        reasons: why not to the others, each once.
        final: to how many it would be done for good.
    """

    able: int
    total: int
    reasons: tuple[str, ...] = ()
    final: int = 0


@dataclass(frozen=True, slots=True)
class SelectedPart:
    """The selected tickets of one vendor.

    Attributes:
        vendor: its name.
        lacking: what none of these tickets can be changed in, each with its reason.
        final: a closed ticket is opened again only by a reply to the customer.
    """

    vendor: str
    tickets: tuple[TicketKey, ...]
    accounts: tuple[AccountId, ...]
    lacking: Mapping[Feature, str]
    final: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """What is selected, and what can be done to how much of it.

    Attributes:
        parts: by vendor, in the order of the list.
        reach: of what can be changed.
        close: of closing.
    """

    parts: tuple[SelectedPart, ...]
    reach: Mapping[Feature, Reach]
    close: Reach


def overview_of(views: Sequence[TicketView], closing: BulkPlan) -> Overview:
    """Return what is selected.

    Args:
        closing: the plan to close all of it.
    """
    close = Reach(closing.changing + closing.unchanged, len(closing.tickets), tuple(closing.refused), closing.final)
    by_vendor: dict[str, list[TicketView]] = {}
    for view in views:
        by_vendor.setdefault(view.vendor.name, []).append(view)
    parts = tuple(_selected_part(name, part) for name, part in by_vendor.items())
    return Overview(parts, {feature: _reach(views, feature) for feature in (*CHANGEABLE, Feature.REPLY)}, close)


def _reach(views: Sequence[TicketView], feature: Feature) -> Reach:
    reasons = dict.fromkeys(why for view in views if (why := view.why_not(feature)))
    return Reach(sum(view.obstacle(feature) is None for view in views), len(views), tuple(reasons))


def _selected_part(vendor: str, views: Sequence[TicketView]) -> SelectedPart:
    lacking = {
        feature: views[0].why_not(feature)
        for feature in CHANGEABLE
        if all(view.obstacle(feature) is not None for view in views)
    }
    final = any(not view.ticket.state.is_done and not view.capabilities.reopens for view in views)
    accounts = dict.fromkeys(view.account.id for view in views)
    return SelectedPart(vendor, tuple(view.ticket.key for view in views), tuple(accounts), lacking, final)
