"""The interfaces that the inner packages need and the outer packages provide.

`connection` is implemented in `vendors`, `store` in `store`, `environment` (clock, vault, pictures) in `http`, `secrets` and the tests,
`notifications` in `ui.notifications`.
"""

from .connection import (
    Connection,
    FileAttacher,
    FileDownloader,
    LoadedFile,
    MessageSender,
    NewTicket,
    OutgoingMessage,
    Receipt,
    ReceivedPage,
    RecordPusher,
    RemoteSearch,
    SearchPage,
    SearchQuestion,
    ThreadReader,
    TicketCreator,
    TicketEdit,
    TicketEditor,
    TicketLister,
    TicketLookup,
    TicketOperator,
    TicketPage,
    TicketReader,
    VendorSpec,
    call_for,
)
from .environment import Clock, PictureFetcher, Vault
from .notifications import CenterFacts, Notification, NotificationCenter
from .store import AccountStore, BlobStore, DraftStore, SettingsStore, Store
from .store_later import LaterStore
from .store_links import LinkStore
from .store_lists import Lists
from .store_outbox import OutboxReader, OutboxStore
from .store_tickets import AppliedPage, OutdatedMessage, ThreadStore, TicketSnapshot, TicketStore
from .timed_events import TimedEvent, TimedEventStore

__all__ = [
    "AccountStore",
    "AppliedPage",
    "BlobStore",
    "CenterFacts",
    "Clock",
    "Connection",
    "DraftStore",
    "FileAttacher",
    "FileDownloader",
    "LaterStore",
    "LinkStore",
    "Lists",
    "LoadedFile",
    "MessageSender",
    "NewTicket",
    "Notification",
    "NotificationCenter",
    "OutboxReader",
    "OutboxStore",
    "OutdatedMessage",
    "OutgoingMessage",
    "PictureFetcher",
    "Receipt",
    "ReceivedPage",
    "RecordPusher",
    "RemoteSearch",
    "SearchPage",
    "SearchQuestion",
    "SettingsStore",
    "Store",
    "ThreadReader",
    "ThreadStore",
    "TicketCreator",
    "TicketEdit",
    "TicketEditor",
    "TicketLister",
    "TicketLookup",
    "TicketOperator",
    "TicketPage",
    "TicketReader",
    "TicketSnapshot",
    "TicketStore",
    "TimedEvent",
    "TimedEventStore",
    "Vault",
    "VendorSpec",
    "call_for",
]
