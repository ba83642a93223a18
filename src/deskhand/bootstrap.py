"""Composition root: builds every object and nothing else."""

import logging
import re
import secrets as randomness
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path

from deskhand.diagnostics.redaction import Redactor
from deskhand.domain import profile_wording
from deskhand.domain.accounts import Account, Secret, SignIn
from deskhand.domain.changes import ChangeBus
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Clock, Store, Vault
from deskhand.domain.problems import (
    DeskProblem,
    ProfileInUse,
    ProfileKeyWrong,
    VaultReason,
    VaultUnavailable,
)
from deskhand.http.budgets import Budgets
from deskhand.http.clock import SystemClock
from deskhand.http.remote_images import RemoteImageFetcher
from deskhand.profile.lock import ProfileLock
from deskhand.profile.profile import Profile
from deskhand.services.accounts import Accounts, read_secret, sign_in_with
from deskhand.services.bulk import Bulk
from deskhand.services.bulk_replies import BulkReplies
from deskhand.services.bulk_results import BulkResults
from deskhand.services.drafts import Drafts
from deskhand.services.filters import Filters
from deskhand.services.later import Later
from deskhand.services.linked_tickets import LinkedTickets
from deskhand.services.links import Links
from deskhand.services.macro_recording import MacroRecorder
from deskhand.services.macro_runs import MacroRuns
from deskhand.services.macros import Macros
from deskhand.services.own_layer import OwnLayer
from deskhand.services.own_views import OwnViews
from deskhand.services.records import Records
from deskhand.services.search import Search
from deskhand.services.services import Services
from deskhand.services.settings import Settings
from deskhand.services.ticket_commands import TicketCommands
from deskhand.services.tickets import Tickets
from deskhand.services.undo import UndoHistory
from deskhand.services.undo_turns import TurnMaker
from deskhand.services.vendors import Vendors
from deskhand.services.view_counts import ViewCounts
from deskhand.services.view_list import ViewList
from deskhand.services.views_exchange import ViewsExchange
from deskhand.store import open_store
from deskhand.sync.context import SyncContext
from deskhand.sync.engine import Engine
from deskhand.sync.reconciliation import ReconcileConfig
from deskhand.sync.schedule import Pace
from deskhand.sync.status import StatusBoard
from deskhand.vendors.registry import with_budgets

log = logging.getLogger(__name__)

DATABASE_KEY = "database"
"""Name of the vault item with the key of both databases."""

_KEY = re.compile("[0-9a-f]{64}")
"""SQLite would take anything else too, the empty text included, and encrypt with less than it should."""

OPENED = "opened"
"""Folder of attachments that were opened; emptied at the end."""

AskPassphrase = Callable[[bool], Awaitable[str]]
"""Returns the passphrase; told whether a new one is being chosen."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Figures that tests and the demo set otherwise."""

    pace: Pace = field(default_factory=Pace)
    reconcile: ReconcileConfig = field(default_factory=ReconcileConfig)


@dataclass(frozen=True, slots=True)
class OpenProfile:
    """An opened profile. Close it with `aclose`."""

    services: Services
    store: Store
    vault: Vault
    profile: Profile
    profile_lock: ProfileLock
    redactor: Redactor
    clock: Clock
    budgets: Budgets

    async def aclose(self) -> None:
        """Stop sync, close the files, give the profile up."""
        await self.services.engine.aclose()
        with suppress(OSError, DeskProblem):  # a full disk has no room for a backup
            await self.store.tidy(closing=True)
        await self.store.aclose()
        self.budgets.close()
        shutil.rmtree(self.profile.folder / OPENED, ignore_errors=True)
        close_vault(self.vault)
        self.profile_lock.release()


def temporary_profile_folder() -> Path:
    """Return a new folder for a demo or a session that stores nothing."""
    return Path(tempfile.mkdtemp(prefix="deskhand-"))


async def open_vault(profile: Profile, wanted: str | None, passphrase: AskPassphrase) -> tuple[Profile, Vault]:
    """Return the vault of a profile, chosen for good with its first database; the keyring where nothing else is asked for.

    Raises:
        VaultUnavailable: it cannot be used now. Never falls back to something weaker by itself.
    """
    stored = profile.vault if profile.has_data else ""
    kind = stored or wanted or profile.vault or "keyring"
    if wanted and profile.vault and wanted != profile.vault and profile.has_data:
        detail = f"This profile keeps its secrets by {profile.vault}."
        raise VaultUnavailable(VaultReason.ELSEWHERE, detail, is_settled=True)
    try:
        vault = await _vault(kind, profile, passphrase)
    except VaultUnavailable as problem:
        problem.is_settled = profile.has_data
        raise
    return (profile if profile.vault == kind else profile.choose_vault(kind)), vault


async def _vault(kind: str, profile: Profile, passphrase: AskPassphrase) -> Vault:
    if kind == "session":
        from deskhand.secrets.memory_vault import MemoryVault

        return MemoryVault()
    if kind == "passphrase":
        from deskhand.secrets.passphrase_vault import PassphraseVault

        locked = PassphraseVault(profile.folder / "vault.db")
        if profile.has_data and not locked.exists:
            # With it the key of what is stored is gone, and a new file would only hide that.
            raise VaultUnavailable(VaultReason.KEY_MISSING, "There is no file vault.db in this profile.")
        given = await passphrase(not locked.exists)
        await (locked.open(given) if locked.exists else locked.create(given))
        return locked
    from deskhand.secrets.keyring_vault import KeyringVault

    return KeyringVault(profile.id)


def close_vault(vault: Vault) -> None:
    """Let go of what a vault holds on to: a thread, a file."""
    if (close := getattr(vault, "close", None)) is not None:
        close()


async def database_key(profile: Profile, vault: Vault) -> Secret:
    """Return the key of a profile's databases, made at its first opening.

    Raises:
        VaultUnavailable: the databases exist and their key does not: nothing is overwritten.
        ProfileKeyWrong: the databases exist, and what the vault gave is no key at all.
    """
    try:
        stored = await vault.get(DATABASE_KEY)
    except VaultUnavailable as problem:
        problem.is_settled = profile.has_data
        raise
    if stored is not None and _KEY.fullmatch(stored):
        return Secret(stored)
    if stored is not None and profile.has_data:
        raise ProfileKeyWrong("what the vault holds under the name of the key is no key")
    if profile.has_data:
        raise VaultUnavailable(VaultReason.KEY_MISSING, f"It was looked for in: {vault.name}.", is_settled=True)
    made = randomness.token_hex(32)
    await vault.put(DATABASE_KEY, made)
    return Secret(made)


def lock_profile(folder: Path) -> ProfileLock:
    """Become the owner of a profile. Raises ProfileInUse where another process is."""
    profile_lock = ProfileLock.acquire(folder)
    if profile_lock is None:
        raise ProfileInUse
    return profile_lock


async def open_profile(
    profile: Profile, vault: Vault, profile_lock: ProfileLock, redactor: Redactor, rules: Rules | None = None
) -> OpenProfile:
    """Open a profile's files and build the services on them; nothing runs yet."""
    clock, feed, rules = SystemClock(), ChangeBus(), rules or Rules()
    shutil.rmtree(profile.folder / OPENED, ignore_errors=True)  # left by a crash: customers' files in the clear
    try:
        key = await database_key(profile, vault)
    except DeskProblem:
        close_vault(vault)
        raise
    redactor.add_secret(key.reveal())
    store = open_store(profile.folder, key, clock, feed)
    budgets = Budgets(clock, profile.folder, key)
    services = await build_services(store, vault, clock, redactor, rules, profile, budgets)
    return OpenProfile(services, store, vault, profile, profile_lock, redactor, clock, budgets)


def make_temp_dir(profile: Profile) -> Path:
    """Return a new folder that nobody can guess, for an attachment that is opened (A45)."""
    folder = profile.folder / OPENED
    folder.mkdir(mode=0o700, exist_ok=True)
    return Path(tempfile.mkdtemp(dir=folder))


def storage_locations(profile: Profile, vault: Vault) -> tuple[tuple[str, str], ...]:
    """Return what lies where."""
    return (
        ("Drafts, outbox, notes, settings (encrypted)", str(profile.folder / "desk.db")),
        ("Tickets and conversations, rebuilt from the vendors (encrypted)", str(profile.folder / "cache.db")),
        ("Credentials and the key of both files", vault.name),
        ("Log, without secrets or texts", str(profile.folder / "logs")),
    )


async def build_services(
    store: Store,
    vault: Vault,
    clock: Clock,
    redactor: Redactor,
    rules: Rules,
    profile: Profile,
    budgets: Budgets | None = None,
) -> Services:
    """Build the services on a store; without `budgets` requests are counted in memory."""

    async def sign_in(account: Account) -> SignIn:
        secret = await read_secret(vault, account)
        redactor.add_secret(secret.reveal())
        return replace(sign_in_with(account, secret), register_secret=redactor.add_token)

    def report(task: str, problem: BaseException) -> None:
        log.error("task %s ended", task, exc_info=problem)

    context = SyncContext(
        store=store,
        clock=clock,
        random=randomness.SystemRandom().random,
        board=StatusBoard(store.accounts, store.changes, clock),
        report=report,
        pace=rules.pace,
        reconcile=rules.reconcile,
        sign_in=sign_in,
    )
    registry = with_budgets(budgets or Budgets(SystemClock()))
    vendors = Vendors(registry)
    engine = Engine(context, registry)
    settings = Settings(store.settings)
    await settings.load()
    notices = profile_wording.notices(store.notices)
    for notice in notices:  # a command that nobody watches may be what opened the profile
        log.warning("%s", notice)
    accounts = Accounts(store, engine, vault, vendors, redactor.add_secret, redactor.add_token)
    commands = TicketCommands(store, engine, vendors, clock, settings)
    tickets = Tickets(store, engine, vendors, clock)
    later = Later(store, accounts, settings, clock)
    drafts = Drafts(store, clock)
    bulk = Bulk(commands, tickets, accounts, later, clock)
    views = OwnViews(settings)
    linked = LinkedTickets(store, accounts, tickets)
    records = Records(store, engine, clock)
    turns = TurnMaker(commands, store.outbox, tickets, accounts, drafts, later, views, linked, records, settings)
    return Services(
        changes=store.changes,
        clock=clock,
        engine=engine,
        accounts=accounts,
        commands=commands,
        bulk=bulk,
        bulk_replies=BulkReplies(bulk, commands, tickets, drafts),
        bulk_results=BulkResults(commands, store.outbox),
        drafts=drafts,
        later=later,
        links=Links(engine, accounts, tickets),
        linked=linked,
        macros=Macros(settings, accounts, later),
        macro_recorder=MacroRecorder(tickets, store.outbox, later, clock),
        macro_runs=MacroRuns(bulk, commands, accounts, later),
        tickets=tickets,
        undo=UndoHistory(turns),
        records=records,
        search=Search(store, engine, vendors, clock),
        settings=settings,
        filters=Filters(store.lists, store.changes),
        views=views,
        view_counts=ViewCounts(views, store.lists, store.changes, clock),
        view_list=ViewList(settings, views, accounts, store.lists),
        views_exchange=ViewsExchange(views, OwnLayer(store, accounts, tickets)),
        lists=store.lists,
        outbox=store.outbox,
        pictures=RemoteImageFetcher(),
        storage_locations=storage_locations(profile, vault),
        make_temp_dir=lambda: make_temp_dir(profile),
        notices=notices,
    )
