"""The interfaces that the inner packages need and the outer packages provide.

`connection` is implemented in `vendors`, `store` in `store`, `environment` (clock, vault, pictures) in `http`, `secrets` and the tests.
"""

from .connection import (
    Archiver,
    Connection,
    Dispatcher,
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
    ThreadReader,
    TicketCreator,
    TicketEdit,
    TicketEditor,
    TicketLister,
    TicketPage,
    TicketReader,
    VendorSpec,
)
from .environment import Clock, PictureFetcher, Vault
from .store import AccountStore, BlobStore, DraftStore, SettingsStore, Store
from .store_lists import Lists
from .store_outbox import OutboxStore
from .store_tickets import AppliedPage, OutdatedMessage, ReprojectionProgress, ThreadStore, TicketStore

__all__ = [
    "AccountStore",
    "AppliedPage",
    "Archiver",
    "BlobStore",
    "Clock",
    "Connection",
    "Dispatcher",
    "DraftStore",
    "FileAttacher",
    "FileDownloader",
    "Lists",
    "LoadedFile",
    "MessageSender",
    "NewTicket",
    "OutboxStore",
    "OutdatedMessage",
    "OutgoingMessage",
    "PictureFetcher",
    "Receipt",
    "ReceivedPage",
    "RecordPusher",
    "RemoteSearch",
    "ReprojectionProgress",
    "SettingsStore",
    "Store",
    "ThreadReader",
    "ThreadStore",
    "TicketCreator",
    "TicketEdit",
    "TicketEditor",
    "TicketLister",
    "TicketPage",
    "TicketReader",
    "TicketStore",
    "Vault",
    "VendorSpec",
]
