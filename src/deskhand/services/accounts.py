"""Add, edit, check, pause and remove accounts. The secret goes into the vault and nowhere else."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import datetime

from deskhand.domain import duplicates, wording
from deskhand.domain.account_marks import free_mark
from deskhand.domain.accounts import (
    Account,
    AccountMark,
    AccountStatus,
    Secret,
    SignIn,
    SignInKind,
    SignInReport,
    VendorInfo,
)
from deskhand.domain.ids import AccountId, TicketKey, VendorId, new_account_id
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.ports import Store, Vault
from deskhand.domain.problems import DeskProblem, Invalid, SignInNeeded, VaultUnavailable
from deskhand.domain.status_quarters import StatusDay, status_day
from deskhand.sync.engine import Engine

from . import reply_targets
from .vendors import Vendors


@dataclass(frozen=True, slots=True)
class AccountForm:
    """What the add-account dialog or the command line has collected.

    Attributes:
        settings: the non-secret sign-in fields and options by name.
        mark: colour and icon; None = as it is, or what a new account gets.
    """

    vendor: VendorId
    label: str
    base_url: str = ""
    me: str = ""
    kind: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    mark: AccountMark | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """The account is there."""

    account: Account
    report: SignInReport


@dataclass(frozen=True, slots=True)
class NotAdded:
    """It was not added or changed, and nothing was kept.

    Attributes:
        message: what failed and what to do.
        field: the sign-in field to look at, where one is to blame.
    """

    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Removal:
    """What goes with an account, to be said before it does.

    Attributes:
        unsent: outbox items that never reached the vendor: with any, removal needs them sent, undone or given up first.
    """

    account: Account
    tickets: int
    drafts: tuple[tuple[TicketKey, str], ...]
    unsent: int
    vault: str

    @property
    def message(self) -> str:
        """The sentence for the question."""
        gone = [f"{self.tickets} cached tickets"]
        if self.drafts:
            gone.append(f"{len(self.drafts)} drafts")
        gone.append(f"its credentials in {self.vault}")
        said = f"Removing {self.account.label} deletes {', '.join(gone[:-1])} and {gone[-1]} from this computer. "
        return said + "Nothing changes at the vendor."


class Accounts:
    """Everything about accounts.

    Args:
        register_secret: told each secret that was typed, before it is used for anything.
        register_token: told each credential that a vendor gives in exchange, see `SignIn`.
    """

    def __init__(
        self,
        store: Store,
        engine: Engine,
        vault: Vault,
        vendors: Vendors,
        register_secret: Callable[[str], None],
        register_token: Callable[[str], None],
    ) -> None:
        self._store = store
        self._engine = engine
        self._vault = vault
        self._vendors = vendors
        self._register_secret = register_secret
        self._register_token = register_token

    @property
    def vault_name(self) -> str:
        """Where secrets go, for the dialog."""
        return self._vault.name

    def vendors(self) -> tuple[VendorInfo, ...]:
        """Return what can be added."""
        return self._vendors.all()

    def vendor(self, account: Account) -> VendorInfo:
        """Return an account's vendor."""
        return self._vendors.info(account.vendor)

    def all(self) -> tuple[Account, ...]:
        """Return the accounts in the agent's order."""
        return self._engine.accounts()

    def get(self, account: AccountId) -> Account | None:
        """Return one account."""
        return self._engine.account(account)

    def labelled(self, label: str) -> Account | None:
        """Return the account of this name (or id)."""
        return next((a for a in self.all() if label in (a.label, a.id)), None)

    async def tags(self, only: AccountId | None = None) -> tuple[str, ...]:
        """Return the tags that were seen in the tickets of one account or of all, by name."""
        found: set[str] = set()
        for account in self.all():
            if only not in (None, account.id):
                continue
            terms = await self._store.tickets.observed_terms(account.id)
            found.update(label or tag for tag, label in terms.get("tag", ()))
        return tuple(sorted(found, key=str.casefold))

    def free_mark(self, vendor: VendorInfo) -> AccountMark:
        """Return the colour and icon that a new account of this vendor gets."""
        return free_mark(vendor, self.all())

    def status(self, account: AccountId) -> AccountStatus:
        """Return what an account's pane says."""
        return self._engine.status(account)

    def day(self, account: AccountId, now: datetime) -> StatusDay:
        """Return how an account was in the 24 hours before `now`, which is the time of the services' own clock."""
        return status_day(self._engine.status_quarters(account), now)

    async def add(self, form: AccountForm, secret: Secret) -> Added | NotAdded:
        """Check the credentials with the cheapest harmless call, then keep the account and its secret."""
        return await self._save(form, secret, None)

    async def edit(self, account: AccountId, form: AccountForm, secret: Secret | None) -> Added | NotAdded:
        """Change an account after checking; without a new secret the kept one is used."""
        before = self._engine.account(account)
        if before is None:
            return NotAdded("There is no such account.")
        if why := await self._why_address_is_fixed(before, form):
            return NotAdded(why, "base_url")
        if secret is None and self._is_only_marked_anew(before, form):
            marked = replace(before, mark=form.mark)
            await self._engine.replace(marked)  # what is seen here alone needs no vendor, and works offline
            return Added(marked, SignInReport(verified=False))
        if secret is None:
            try:
                secret = await read_secret(self._vault, before)
            except DeskProblem as problem:
                return NotAdded(wording.problem(problem, self._vendors.info(before.vendor).name))
        return await self._save(form, secret, before)

    async def check(self, account: AccountId) -> SignInReport:
        """Prove the credentials of an account now. Raises a problem where that fails."""
        connection = await self._engine.connection(account)
        report = await connection.check()
        self._engine.nudge(account)  # what waited for the credentials goes on
        return report

    async def pause(self, account: AccountId, *, paused: bool) -> None:
        """Pause or go on: while paused nothing is read and nothing is sent."""
        await self._engine.pause(account, paused=paused)

    async def removal(self, account: AccountId) -> Removal | None:
        """Return what would go."""
        found = self._engine.account(account)
        if found is None:
            return None
        drafts = tuple((key, draft.kind) for key, draft in await self._store.drafts.all() if key.account == account)
        unsent = len(await self._store.outbox.open_items(account))
        tickets = await self._store.tickets.counted(account)
        return Removal(found, tickets, drafts, unsent, found.vault or self._vault.name)

    async def remove(self, account: AccountId, *, give_up_unsent: bool = False) -> Removal | NotAdded:
        """Remove an account with its cache, drafts and keyring item.

        Args:
            give_up_unsent: the agent has said that unsent replies may go; without it they stop the removal.
        """
        removal = await self.removal(account)
        if removal is None:
            return NotAdded("There is no such account.")
        if removal.unsent and not give_up_unsent:
            return NotAdded(
                f"{removal.account.label} still has {removal.unsent} unsent in the outbox. Send them, take them back, "
                "or say that they may be deleted."
            )
        await self._vault.delete(
            account
        )  # first: where the vault refuses, nothing has gone, and no secret is left behind
        await self._engine.drop(account)
        await self._store.accounts.remove(account)
        return removal

    async def _why_address_is_fixed(self, account: Account, form: AccountForm) -> str:
        """Return why the account cannot move to another address now; empty where it may.

        A ticket's id names another customer's ticket there, so nothing that was written for this one may go along.
        """
        url = (form.base_url.strip() or self._vendors.info(account.vendor).base_url).rstrip("/")
        if url == account.base_url and form.vendor == account.vendor:
            return ""
        drafts = sum(1 for key, _ in await self._store.drafts.all() if key.account == account.id)
        unsent = len(await self._store.outbox.open_items(account.id))
        if not drafts and not unsent:
            return ""
        return (
            f"{account.label} still has {unsent} unsent in the outbox and {drafts} in drafts, written for tickets at its present "
            "address. Send them or take them back first, or add the other address as an account of its own."
        )

    def _is_only_marked_anew(self, before: Account, form: AccountForm) -> bool:
        """Tell whether an edited account has another colour or icon, and nothing else."""
        typed = {name: value.strip() for name, value in form.settings.items() if value.strip()}
        said = (form.label.strip(), form.base_url.strip().rstrip("/"), form.me.strip(), form.kind)
        is_same = said == (before.label, before.base_url, before.me, before.kind)
        return is_same and typed.items() <= before.settings.items() and form.mark not in (None, before.mark)

    async def _save(self, form: AccountForm, secret: Secret, before: Account | None) -> Added | NotAdded:
        info = self._vendors.info(form.vendor)
        kind = _kind(info, form.kind)
        label = form.label.strip() or info.name
        for one in kind.fields:
            given = bool(secret) if one.secret else bool(form.settings.get(one.name, one.default))
            if one.required and not given:
                return NotAdded(f"{one.label} is missing.", one.name)
        if (target := reply_targets.wrong(form.settings)) is not None:
            return NotAdded(f"{target.label}: a number above 0 is needed, or nothing.", target.name)
        others = [a for a in self.all() if before is None or a.id != before.id]
        if any(a.label.casefold() == label.casefold() for a in others):
            return NotAdded(f"There is an account named {label} already. Choose another name.", "label")
        defaults = {f.name: f.default for f in (*kind.fields, *info.options) if f.default and not f.secret}
        account = Account(
            id=before.id if before else new_account_id(),
            vendor=info.id,
            label=label,
            base_url=(form.base_url.strip() or info.base_url).rstrip("/"),
            me=form.me.strip(),
            kind=kind.id,
            settings={**defaults, **{k: v.strip() for k, v in form.settings.items() if v.strip()}},
            paused=before.paused if before else False,
            position=before.position if before else len(others),
            vault=self._vault.name,
            capabilities=before.capabilities if before else None,
            mark=form.mark or (before.mark if before else None) or free_mark(info, others),
        )
        self._register_secret(secret.reveal())
        try:
            account, report = await self._verify(account, secret)
            if before is not None:
                now = self._engine.account(before.id)
                if now is None:  # removed while its vendor was asked: it must not come back
                    return NotAdded("There is no such account any more.")
                account = replace(account, paused=now.paused, position=now.position)
            await self._vault.put(account.id, secret.reveal())
        except VaultUnavailable as problem:
            return NotAdded(wording.problem(problem, info.name), kind.secret.name)
        except SignInNeeded as problem:
            return NotAdded(wording.problem(problem, info.name), kind.secret.name)
        except Invalid as problem:
            return NotAdded(wording.problem(problem, info.name), "base_url")
        except DeskProblem as problem:
            return NotAdded(wording.problem(problem, info.name, goes_on=False))
        await self._engine.replace(account)
        return Added(account, report)

    async def _verify(self, account: Account, secret: Secret) -> tuple[Account, SignInReport]:
        """Check the credentials, and look at what they can do, so that the account is useful offline from now on."""
        spec = self._vendors.spec(account.vendor)
        sign_in = replace(sign_in_with(account, secret), register_secret=self._register_token)
        connection = await asyncio.to_thread(spec.connect, sign_in)
        try:
            report = await connection.check()
            with contextlib.suppress(DeskProblem):  # the runner looks again and says what is wrong
                account = replace(account, capabilities=duplicates.capabilities(await connection.probe()))
            return account, report
        finally:
            await connection.aclose()


def sign_in_with(account: Account, secret: Secret) -> SignIn:
    """Return what a connection of this account needs."""
    return SignIn(
        account.id, account.base_url, account.kind, account.settings, secret, account.me, account.capabilities
    )


async def read_secret(vault: Vault, account: Account) -> Secret:
    """Return an account's secret. Raises SignInNeeded where there is none, VaultUnavailable where it is out of reach."""
    value = await vault.get(account.id)
    if value is None:
        raise SignInNeeded(f"There are no credentials for {account.label} in {vault.name}.")
    return Secret(value)


def _kind(info: VendorInfo, wanted: str) -> SignInKind:
    return next((kind for kind in info.kinds if kind.id == wanted), info.kinds[0])
