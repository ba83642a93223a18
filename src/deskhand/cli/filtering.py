"""A filter and a view on the command line: what is listed."""

import unicodedata
from argparse import Namespace
from dataclasses import replace

from deskhand.domain.console import Console
from deskhand.domain.filters.asked import unknown_account
from deskhand.domain.filters.parsing import FilterError, parse
from deskhand.domain.filters.syntax import All, Filter, all_of
from deskhand.domain.queries import Scope, Sort, TicketQuery
from deskhand.services.own_views import OwnView
from deskhand.services.services import Services
from deskhand.services.views import NAMES, query_of

from . import naming
from .console import one_line


class WrongFilter(naming.WrongUsage):
    """A filter that cannot be read: its text, and what is wrong where."""

    def __init__(self, text: str, error: FilterError) -> None:
        super().__init__(str(error))
        self.lines = (one_line(text), _marks(text, error), str(error))


def filter_of(text: str) -> Filter:
    """Return the filter that was typed. Raises WrongFilter."""
    found = parse(text)
    if isinstance(found, FilterError):
        raise WrongFilter(text, found)
    return found


def narrowed(query: TicketQuery, arguments: Namespace, services: Services) -> TicketQuery:
    """Return a query with the filter, the view and the order that were typed beside it.

    Raises Unclear where the view's filter cannot be read: another version of the program may have written it.
    """
    filters = [filter_of(arguments.query)] if arguments.query else []
    if arguments.view:
        view = view_named(services, arguments.view)
        if isinstance(view, Scope):
            own = query_of(view, query.sort)
            query = replace(query, scope=own.scope, sort=own.sort, sorted_by=own.sorted_by)
        else:
            if view.error is not None:
                raise naming.Unclear(f"The filter of the view {view.name} cannot be read. {view.error}")
            filters.insert(0, view.filter)
            query = replace(query, sort=Sort(view.sort), sorted_by="")
    if arguments.sort:
        query = replace(query, sort=Sort(arguments.sort), sorted_by="")
    found = all_of(*filters)
    return replace(query, filter=None if found == All() else found)


def say_unknown_account(query: TicketQuery, services: Services, console: Console) -> None:
    """Say it where a filter asks for an account that is not there: it finds nothing, and that is why."""
    if name := unknown_account(query.filter, services.accounts.all()):
        console.err(naming.no_account(services, name))


def view_named(services: Services, name: str) -> OwnView | Scope:
    """Return the view of this name: one of the agent's own, else one that is built in."""
    own = services.views.named(name)
    if own is not None:
        return own
    built_in = {label.casefold(): scope for scope, label in NAMES.items()}
    if (scope := built_in.get(name.strip().casefold())) is not None:
        return scope
    known = ", ".join([*(view.name for view in services.views.all()), *NAMES.values()])
    raise naming.Unclear(f"There is no view named {name}. There are: {known}.")


def _marks(text: str, error: FilterError) -> str:
    """Return what stands beneath the text: ^ under each character of the place, in a terminal with letters of one or two columns."""
    before = sum(_columns(char) for char in one_line(text[: error.position]))
    under = sum(_columns(char) for char in one_line(text[error.position : error.position + error.length]))
    return " " * before + "^" * max(1, under)


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
