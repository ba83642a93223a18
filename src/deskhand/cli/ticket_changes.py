"""Commands that make one change of one ticket: how each is typed, and what it means. A new one is a row of `TICKET_CHANGES`.

This is imported before anything is known but what was typed, so it imports the services where a change is decided.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from deskhand.domain.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from deskhand.services.decisions import Decision
    from deskhand.services.tickets import TicketView


def _none(_parser: ArgumentParser) -> None:
    """Add no arguments."""


@dataclass(frozen=True, slots=True)
class TicketChangeCommand:
    """A command of the form NAME ACCOUNT/ID.

    Attributes:
        decide: what it means for the ticket.
        add_arguments: what may be typed behind the ticket.
        asks: said where the change has no way back and `--yes` was not given; empty where it is made without.
    """

    name: str
    help: str
    decide: "Callable[[Namespace, TicketView], Decision]"
    add_arguments: Callable[[ArgumentParser], None] = _none
    asks: str = ""

    def describe(self, parser: ArgumentParser) -> None:
        """Say to a parser what may be typed."""
        parser.add_argument("ticket", metavar="ACCOUNT/ID")
        self.add_arguments(parser)
        if self.asks:
            parser.add_argument("--yes", action="store_true", help="there is no way back, and you know it")


def _archive(_arguments: Namespace, view: "TicketView") -> "Decision":
    from deskhand.services.ticket_actions import ARCHIVE

    return ARCHIVE.decide(view)


def _dispatch(arguments: Namespace, view: "TicketView") -> "Decision":
    from deskhand.services.ticket_actions import dispatch_to_named

    return dispatch_to_named(arguments.router)(view)


def _router(parser: ArgumentParser) -> None:
    parser.add_argument("router")


TICKET_CHANGES = (
    TicketChangeCommand(
        "archive",
        "archive a record for good",
        _archive,
        asks="Archiving cannot be undone through the vendor's API. Say --yes to do it.",
    ),
    TicketChangeCommand("dispatch", "let a router choose the owner", _dispatch, _router),
)
