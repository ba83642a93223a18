"""The store as a whole, and its small parts.

Every mutation is one transaction on the store's own thread; its ChangeSet goes to the ChangeBus on the loop's thread after the commit, also
when the awaiting task was cancelled meanwhile. Coroutines raise only `problems` or the store's own damage errors.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Protocol

from deskhand.domain.accounts import Account, AccountStatus
from deskhand.domain.changes import ChangeBus
from deskhand.domain.ids import AccountId, BlobId, TicketKey
from deskhand.domain.mending import StoreNotice
from deskhand.domain.status_quarters import StatusQuarter
from deskhand.domain.threads import Draft, OutgoingFile

from .store_later import LaterStore
from .store_links import LinkStore
from .store_lists import Lists
from .store_outbox import OutboxStore
from .store_tickets import ThreadStore, TicketStore
from .timed_events import TimedEventStore


class AccountStore(Protocol):
    """Accounts (precious) and what is known of their health."""

    async def all(self) -> tuple[Account, ...]:
        """Return the accounts in the agent's order."""

    async def put(self, account: Account) -> None:
        """Add or replace."""

    async def remove(self, account: AccountId) -> None:
        """Remove the account and everything of it: tickets, threads, index, drafts, notes, files, outbox."""

    async def statuses(self) -> Mapping[AccountId, AccountStatus]:
        """Return the last stored status of each account (its `synced_at` survives a restart)."""

    async def put_status(self, status: AccountStatus, quarters: Sequence[StatusQuarter] = ()) -> None:
        """Save a status, and quarters of the last 24 hours as `put_status_quarters` does."""

    async def status_quarters(self) -> tuple[StatusQuarter, ...]:
        """Return how the accounts were in the last 24 hours."""

    async def put_status_quarters(self, quarters: Sequence[StatusQuarter]) -> None:
        """Add or replace quarters; those of accounts that are gone are left out, and what lies further back than 24 hours is dropped."""


class DraftStore(Protocol):
    """What is typed and not sent (precious)."""

    async def get(self, key: TicketKey, kind: str) -> Draft | None: ...

    async def put(self, key: TicketKey, draft: Draft) -> None:
        """Save it; an empty draft is removed."""

    async def all(self) -> tuple[tuple[TicketKey, Draft], ...]:
        """Return every draft, also those whose ticket is gone."""


class BlobStore(Protocol):
    """Bytes of attached files (precious) and of downloaded ones (cache)."""

    async def put(self, name: str, mime: str, data: bytes) -> OutgoingFile: ...

    async def put_pieces(self, name: str, mime: str, size: int, pieces: AsyncIterator[bytes]) -> OutgoingFile:
        """Save `size` bytes that come one piece after the other; whatever `pieces` raises, nothing is saved then."""

    async def get(self, blob: BlobId) -> bytes | None: ...


class SettingsStore(Protocol):
    """Small values: settings, snippets, forms not sent. Keys are dotted names or made by `accounts.setting_of`, values JSON text."""

    async def get(self, key: str) -> str | None: ...

    async def put(self, key: str, value: str | None) -> None:
        """Save, or with None remove."""

    async def with_prefix(self, prefix: str) -> Mapping[str, str]: ...


class Store(Protocol):
    """All of it, opened on one profile."""

    @property
    def notices(self) -> tuple[StoreNotice, ...]:
        """What opening had to mend."""

    @property
    def changes(self) -> ChangeBus: ...
    @property
    def accounts(self) -> AccountStore: ...
    @property
    def tickets(self) -> TicketStore: ...
    @property
    def threads(self) -> ThreadStore: ...
    @property
    def outbox(self) -> OutboxStore: ...
    @property
    def drafts(self) -> DraftStore: ...
    @property
    def blobs(self) -> BlobStore: ...
    @property
    def settings(self) -> SettingsStore: ...
    @property
    def timed_events(self) -> TimedEventStore: ...
    @property
    def later(self) -> LaterStore: ...
    @property
    def links(self) -> LinkStore: ...
    @property
    def lists(self) -> Lists: ...

    async def tidy(self, *, closing: bool = False) -> None:
        """Forget what has had its time, back up once a day, checkpoint: in short steps between which others write.

        Args:
            closing: nobody else reads any more: the logs are emptied too.
        """

    async def aclose(self) -> None:
        """Finish what was begun and close both files."""
