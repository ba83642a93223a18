"""What the rows of tickets need to know of their account."""

from deskhand.domain.ids import AccountId
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.tickets import Person


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """An account as the rows need it.

    Attributes:
        me: the agent's e-mail, case folded. `my_ids`: ids of the same person in the vendor's list of agents.
        assigns: the vendor has assignees; where not, everything that is not done is mine.
        is_local_only: nothing can be read from the vendor, so that what is stored is the only record.
        imported: a first list sync has ended.
    """

    n: int
    id: AccountId
    me: str
    my_ids: frozenset[str]
    assigns: bool
    is_local_only: bool
    imported: bool
    full_sync: int


def is_me(info: AccountInfo, person: Person | None) -> bool:
    """Tell whether a person is the agent of this account."""
    if person is None:
        return False
    return bool(
        (person.email and info.me and person.email.casefold() == info.me) or (person.id and person.id in info.my_ids)
    )
