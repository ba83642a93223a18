"""Accounts: one sign-in at one vendor, and what is known about its health."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .capabilities import Capabilities
from .ids import AccountId, VendorId


@dataclass(frozen=True, slots=True)
class SignInField:
    """One field of a vendor's sign-in form.

    Attributes:
        secret: masked, kept in the vault, never stored or printed. A vendor has exactly one per sign-in kind.
    """

    name: str
    label: str
    secret: bool = False
    required: bool = True
    help: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class SignInKind:
    """A way to sign in (NexusCore: an OAuth client or an API key)."""

    id: str
    title: str
    fields: tuple[SignInField, ...]

    @property
    def secret(self) -> SignInField:
        """The field that goes into the vault."""
        return next(f for f in self.fields if f.secret)


@dataclass(frozen=True, slots=True)
class VendorInfo:
    """What is always true of a vendor, without an account.

    Attributes:
        mark: two letters for the coloured square.
        colour: `#rrggbb`.
        summary: what it can do, in six words, for the add-account dialog.
        base_url: the documented address, a setting of each account.
        checks: whether there is a harmless call that proves the credentials (Thalamus has none: it is said).
    """

    id: VendorId
    name: str
    mark: str
    colour: str
    summary: str
    base_url: str
    kinds: tuple[SignInKind, ...]
    checks: bool = True
    secret_help: str = ""
    options: tuple[SignInField, ...] = ()
    """Further settings that are no credentials (Thalamus: the agent's external id; Routera: closed stages)."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account as stored; its secret lies in the vault under its id.

    Attributes:
        me: the agent's own e-mail, for "mine" and as author where the vendor takes one.
        settings: the non-secret sign-in fields and options.
        vault: name of the vault that holds the secret, so that a change of backend is noticed.
        capabilities: the last probe's result, usable offline; None before the first.
    """

    id: AccountId
    vendor: VendorId
    label: str
    base_url: str
    me: str = ""
    kind: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    paused: bool = False
    position: int = 0
    vault: str = ""
    capabilities: Capabilities | None = None


class Health(StrEnum):
    """The one word for an account's state."""

    NEW = "new"
    """Not synced since the program started."""
    SYNCING = "syncing"
    FINE = "fine"
    PAUSED = "paused"
    """By the agent."""
    WAITING = "waiting"
    """By the vendor (rate limit) or after failures: a next try is planned."""
    OFFLINE = "offline"
    SIGN_IN = "sign_in"
    """Only the agent can mend it."""
    BLOCKED = "blocked"
    """Not in the plan, not allowed, or not understood: retried rarely."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long sync is. `total` is None where the vendor tells no total."""

    done: int
    total: int | None
    what: str = "tickets"


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """What the account pane says.

    Attributes:
        synced_at: the last time a list sync ended well; kept over restarts.
        retry_at: when it goes on by itself.
        problem: the sentence for the agent, empty where all is well.
        left_out: items of the last list sync that could not be read (each logged), so that a gap is never silent.
        unread_threads: conversations that the last round could not read, or not wholly; each ticket says why.
    """

    account: AccountId
    health: Health
    synced_at: datetime | None = None
    retry_at: datetime | None = None
    progress: Progress | None = None
    problem: str = ""
    left_out: int = 0
    unread_threads: int = 0


@dataclass(frozen=True, slots=True)
class SignInReport:
    """What a check of the credentials found.

    Attributes:
        verified: the vendor accepted them; False where it offers no harmless call (then `note` says so).
        who: whose credentials they are, where the vendor tells.
    """

    verified: bool
    who: str = ""
    note: str = ""


class Secret:
    """A credential that never shows itself: `repr`, `str`, `format` and pickling give nothing away.

    The inner packages have no pydantic; at the wire `SecretStr` does the same.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the credential, for the one line that needs it."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")


@dataclass(frozen=True, slots=True)
class SignIn:
    """What an adapter needs to connect.

    Attributes:
        settings: non-secret sign-in fields and options by name.
        known: what was learnt before (choices seen in data), so that a new connection starts with it.
        register_secret: told each credential that the vendor gives in exchange (access tokens), so that no log or crash file holds it.
    """

    account: AccountId
    base_url: str
    kind: str
    settings: Mapping[str, str]
    secret: Secret
    me: str = ""
    known: Capabilities | None = None
    register_secret: Callable[[str], None] = field(default=lambda _: None, repr=False, compare=False)


def setting_of(account: AccountId, name: str = "") -> str:
    """Return the key of a setting that belongs to an account and goes with it; without a name, how all of them begin."""
    return f"account/{account}/{name}"
