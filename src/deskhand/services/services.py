"""All services, built once in `bootstrap` and handed to a front end."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from deskhand.domain.changes import ChangeBus
from deskhand.domain.ports import Clock
from deskhand.sync.engine import Engine

from .accounts import Accounts
from .bulk import Bulk
from .drafts import Drafts
from .links import Links
from .records import Records
from .search import Search
from .settings import Settings
from .ticket_commands import TicketCommands
from .tickets import Tickets
from .views import Views


@dataclass(frozen=True, slots=True)
class Services:
    """What a front end works with.

    Attributes:
        places: what lies where, in words and paths, for the settings dialog and the doctor.
        opening_place: returns a folder that nobody can guess, for attachments that are opened; emptied at the end.
        notices: facts that the agent should read at start ("the cache was damaged and is being rebuilt").
    """

    changes: ChangeBus
    clock: Clock
    engine: Engine
    accounts: Accounts
    commands: TicketCommands
    bulk: Bulk
    drafts: Drafts
    links: Links
    tickets: Tickets
    records: Records
    search: Search
    settings: Settings
    views: Views
    storage_locations: tuple[tuple[str, str], ...] = ()
    make_temp_dir: Callable[[], Path] = Path
    notices: tuple[str, ...] = ()
