"""All services, built once in `bootstrap` and handed to a face."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from deskhand.domain.changes import ChangeFeed
from deskhand.domain.ports import Clock
from deskhand.sync.engine import Engine

from .accounts import Accounts
from .bulk import Bulk
from .drafts import Drafts
from .links import Links
from .records import Records
from .search import Searching
from .settings import Settings
from .ticket_commands import Desk
from .tickets import Reading
from .views import Views


@dataclass(frozen=True, slots=True)
class House:
    """What a face works with.

    Attributes:
        places: what lies where, in words and paths, for the settings dialog and the doctor.
        opening_place: returns a folder that nobody can guess, for attachments that are opened; emptied at the end.
        notices: facts that the agent should read at start ("the cache was damaged and is being rebuilt").
    """

    feed: ChangeFeed
    clock: Clock
    engine: Engine
    accounts: Accounts
    desk: Desk
    bulk: Bulk
    drafts: Drafts
    links: Links
    reading: Reading
    records: Records
    searching: Searching
    settings: Settings
    views: Views
    places: tuple[tuple[str, str], ...] = ()
    opening_place: Callable[[], Path] = Path
    notices: tuple[str, ...] = ()
