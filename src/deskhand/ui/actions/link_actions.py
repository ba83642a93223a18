"""Linked work: what joins the open ticket with another one, on this computer or at its vendor."""

from collections.abc import Callable

from deskhand.domain import wording
from deskhand.domain.capabilities import Feature
from deskhand.domain.ticket_links import LinkKind
from deskhand.services.tickets import TicketView
from deskhand.ui.actions.action import Action, Group, Possible, Reason, Takes, possible_unless, translate
from deskhand.ui.actions.selection import Selection
from deskhand.ui.actions.ticket_subject import WhyNot, why_not_one

Run = Callable[[Selection], object]


def _one_only(why: WhyNot) -> Callable[[Selection], Possible | Reason]:
    def available(s: Selection) -> Possible | Reason:
        if s.several is not None and (said := s.several.why_one(translate("A link joins two tickets"))):
            return Reason(said)
        return possible_unless(why_not_one(s.ticket, why))

    return available


def _nothing(_view: TicketView) -> str:
    return ""


def _vendor_can(feature: Feature) -> WhyNot:
    def why(view: TicketView) -> str:
        obstacle = view.obstacle(feature)
        return view.why_not_named if obstacle is None else wording.cannot(feature, obstacle, view.vendor.name)

    return why


def _nowhere(_s: Selection) -> None:
    """Do nothing: no vendor's documents show how, and the reason says so."""


def _link(
    id: str,  # noqa: A002 -- the field's name
    title: str,
    run: Run,
    why: WhyNot,
    keys: tuple[str, ...] = (),
    *,
    menu_title: str = "",
) -> Action[Selection]:
    return Action(
        id,
        title,
        keys,
        run,
        _one_only(why),
        Group.TICKET,
        Takes.ONE,
        icon="link",
        menu_title=menu_title,
        enters_text=True,
    )


LINK = _link(
    "link ticket",
    "Link with another ticket …",
    lambda s: s.here.linked.choose(s.ticket),
    _nothing,
    ("L",),
    menu_title="Link …",
)
LINK_AT_VENDOR = _link(
    "link at vendor",
    "Link at the vendor too …",
    lambda s: s.here.linked.choose(s.ticket, LinkKind.AT_VENDOR),
    _vendor_can(Feature.LINK),
)
SUB_TICKET = _link(
    "sub-ticket",
    "Make another ticket its sub-ticket …",
    lambda s: s.here.linked.choose(s.ticket, LinkKind.SUB_TICKET),
    _vendor_can(Feature.SUB_TICKET),
)
MERGE = _link("merge", "Merge with …", _nowhere, _vendor_can(Feature.MERGE))
DUPLICATE = _link("duplicate", "Mark as duplicate of …", _nowhere, _vendor_can(Feature.DUPLICATE))

LINK_ACTIONS = (LINK, LINK_AT_VENDOR, SUB_TICKET, MERGE, DUPLICATE)
"""What joins two tickets; what no vendor of today does stands there with its reason."""
