"""All services, built once in `bootstrap` and handed to a front end."""

from collections.abc import Callable
from pathlib import Path

from deskhand.domain.changes import ChangeBus
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock, Lists, OutboxReader, PictureFetcher
from deskhand.sync.engine import Engine

from .accounts import Accounts
from .bulk import Bulk
from .bulk_replies import BulkReplies
from .bulk_results import BulkResults
from .drafts import Drafts
from .filters import Filters
from .later import Later
from .linked_tickets import LinkedTickets
from .links import Links
from .macro_recording import MacroRecorder
from .macro_runs import MacroRuns
from .macros import Macros
from .own_views import OwnViews
from .records import Records
from .search import Search
from .settings import Settings
from .ticket_commands import TicketCommands
from .tickets import Tickets
from .undo import UndoHistory
from .view_counts import ViewCounts
from .view_list import ViewList
from .views_exchange import ViewsExchange


@dataclass(frozen=True, slots=True)
class Services:
    """What a front end works with: services where there is a rule to keep, ports where something is only read.

    What writes is a service's, also where it only hands on (`Tickets.set_read`): a port of the store could write the server's state too.

    Attributes:
        lists: what lists show; the plain methods are quick enough for the window's thread.
        outbox: what is on its way.
        pictures: fetches remote images that the agent asked to see.
        storage_locations: what lies where, in sentences and paths, for the settings dialog and the doctor.
        make_temp_dir: returns a folder that nobody can guess, for attachments that are opened; emptied at the end.
        notices: facts that the agent should read at start ("the cache was damaged and is being rebuilt").
    """

    changes: ChangeBus
    clock: Clock
    engine: Engine
    accounts: Accounts
    commands: TicketCommands
    bulk: Bulk
    bulk_replies: BulkReplies
    bulk_results: BulkResults
    drafts: Drafts
    later: Later
    links: Links
    linked: LinkedTickets
    macros: Macros
    macro_runs: MacroRuns
    macro_recorder: MacroRecorder
    tickets: Tickets
    undo: UndoHistory
    records: Records
    search: Search
    settings: Settings
    filters: Filters
    views: OwnViews
    view_counts: ViewCounts
    view_list: ViewList
    views_exchange: ViewsExchange
    lists: Lists
    outbox: OutboxReader
    pictures: PictureFetcher
    storage_locations: tuple[tuple[str, str], ...] = ()
    make_temp_dir: Callable[[], Path] = Path
    notices: tuple[str, ...] = ()
