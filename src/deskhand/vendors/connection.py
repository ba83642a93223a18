"""What every vendor's connection is made of: no facet until an adapter sets one, and what the HTTP client alone can answer."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from deskhand.domain.ports import (
    FileAttacher,
    FileDownloader,
    MessageSender,
    RecordPusher,
    RemoteSearch,
    ThreadReader,
    TicketCreator,
    TicketEditor,
    TicketLister,
    TicketLookup,
    TicketOperator,
    TicketReader,
)
from deskhand.http.client import VendorClient


class VendorConnection:
    """Base of each adapter's `Connection`: implements `domain.ports.Connection` but for `check` and `probe`.

    An adapter names in its class body the facets that its vendor offers, each with its own class, and sets them in `__init__`.
    """

    lister: TicketLister | None = None
    threads: ThreadReader | None = None
    tickets: TicketReader | None = None
    replies: MessageSender | None = None
    notes: MessageSender | None = None
    files: FileAttacher | None = None
    edits: TicketEditor | None = None
    creator: TicketCreator | None = None
    search: RemoteSearch | None = None
    lookup: TicketLookup | None = None
    downloads: FileDownloader | None = None
    operators: Sequence[TicketOperator[Any]] = ()
    records: RecordPusher | None = None

    def __init__(self, client: VendorClient) -> None:
        self._client = client

    @property
    def clock_lead(self) -> timedelta:
        """How far the vendor's clock is ahead of this computer's."""
        return self._client.clock_lead

    def try_again(self) -> None:
        """Show refused credentials once more."""
        self._client.try_again()

    async def aclose(self) -> None:
        """Close sockets."""
        await self._client.aclose()
