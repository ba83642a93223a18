"""What opening a profile had to mend."""

from enum import StrEnum

from deskhand.domain.lazy_dataclass import dataclass


class StoreEvent(StrEnum):
    """What opening a profile had to mend."""

    CACHE_REBUILT = "cache_rebuilt"
    """The local copy of the vendors' data was damaged: it is fetched again."""
    DESK_RESTORED = "desk_restored"
    """The file with drafts and unsent replies was damaged: a backup came back."""
    DESK_STARTED_ANEW = "desk_started_anew"
    """The same, and there was no whole backup."""
    DESK_BEHIND = "desk_behind"
    """The same file is whole, but its newest changes are gone."""

    @property
    def is_of_desk(self) -> bool:
        """Whether something that was typed may be missing."""
        return self is not StoreEvent.CACHE_REBUILT


@dataclass(frozen=True, slots=True)
class StoreNotice:
    """A fact for the agent, once, after opening.

    Attributes:
        aside: name of the damaged file, left in the profile's folder; empty where no file is damaged.
        backup: name of the backup that came back, empty where there was none.
        saved: rows that the damaged file still gave; they are there.
    """

    event: StoreEvent
    aside: str
    backup: str = ""
    saved: int = 0
