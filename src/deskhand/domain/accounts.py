"""Accounts: one sign-in at one vendor, and what is known about its health."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from deskhand.domain.lazy_dataclass import dataclass

from .capabilities import Capabilities, Feature, Reason, SendGuarantee
from .ids import AccountId, VendorId


class AccountColour(StrEnum):
    """What an account can be coloured by, in the order in which new accounts take them; red and amber mean trouble and are not here."""

    INDIGO = "indigo"
    TEAL = "teal"
    RUST = "rust"
    BLUE = "blue"
    PLUM = "plum"
    ROSE = "rose"
    GREEN = "green"
    SAND = "sand"
    SLATE = "slate"


ACCOUNT_ICONS = (
    "shopping-bag", "store", "square-terminal", "receipt-text", "route", "wrench", "truck", "headset", "building-2", "globe", "mail",
    "message-square", "book-open", "heart-pulse", "palette", "key-round", "star", "flag", "users-round", "monitor", "folder", "tag",
    "bell", "layers",
)  # fmt: skip
"""What an account can be marked by: names of icons."""


@dataclass(frozen=True, slots=True)
class AccountMark:
    """By what an account is told from the others at a glance.

    Attributes:
        icon: one of `ACCOUNT_ICONS`.
    """

    colour: AccountColour = AccountColour.SLATE
    icon: str = "building-2"


@dataclass(frozen=True, slots=True)
class SignInField:
    """One field of a vendor's sign-in form.

    Attributes:
        secret: masked, saved in the vault, never stored elsewhere or printed. A vendor has exactly one per sign-in kind.
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
        summary: what it can do, in one line, for the add-account dialog.
        base_url: the documented address, a setting of each account.
        checks: whether there is a harmless call that proves the credentials (Thalamus has none: it is said).
        can: the features that the documents offer to an account with all scopes.
        reasons: why others are not offered; what is named in neither is not in the API.
        guarantee: how an unknown outcome of a send is settled.
        not_offered: what the API does not offer, in a line, for somebody who has not added an account yet.
        remarks: a short remark about a feature for the README's table, such as "by brand".
        account_marks: how its first account is marked, its second, and so on, as far as the colours are free.
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
    can: frozenset[Feature] = frozenset()
    reasons: Mapping[Feature, Reason] = field(default_factory=dict, hash=False)
    guarantee: SendGuarantee = SendGuarantee.NONE
    not_offered: str = ""
    remarks: Mapping[Feature, str] = field(default_factory=dict, hash=False)
    account_marks: tuple[AccountMark, ...] = (AccountMark(),)

    @property
    def cannot(self) -> Mapping[Feature, Reason]:
        """Every feature that is not offered, with its reason."""
        return {feature: self.reasons.get(feature, Reason.NOT_IN_API) for feature in Feature if feature not in self.can}


@dataclass(frozen=True, slots=True)
class Account:
    """One account as stored; its secret lies in the vault under its id.

    Attributes:
        me: the agent's own e-mail, for "mine" and as author where the vendor takes one.
        settings: the non-secret sign-in fields and options.
        vault: name of the vault that holds the secret, so that a change of backend is noticed.
        capabilities: the last probe's result, usable offline; None before the first.
        mark: its colour and icon; None as stored by versions that had none (`account_marks.with_marks` gives it one).
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
    mark: AccountMark | None = None

    @property
    def shown_mark(self) -> AccountMark:
        """Its colour and icon."""
        return self.mark or AccountMark()


class Health(StrEnum):
    """The one label for an account's state."""

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

    @property
    def needs_agent(self) -> bool:
        """Whether only the agent can mend it."""
        return self in (Health.SIGN_IN, Health.BLOCKED)

    @property
    def is_settled(self) -> bool:
        """Whether it says how the account is, and not that it is being found out."""
        return self not in (Health.NEW, Health.SYNCING)


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
        synced_at: the last time a list sync ended well; saved over restarts.
        since: since when the account is as the last look found it; saved over restarts.
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
    since: datetime | None = None


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
