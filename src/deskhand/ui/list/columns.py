"""The columns of the list as a table: which there are, how wide they begin, and which order a click on their head asks for."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from deskhand.domain.capabilities import Feature
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.queries import Sort


class ColumnName(StrEnum):
    """What a column shows of a ticket."""

    ACCOUNT = "account"
    CUSTOMER = "customer"
    SUBJECT = "subject"
    WAITS = "waits"
    STATE = "state"
    PRIORITY = "priority"
    ASSIGNEE = "assignee"
    GROUP = "group"
    TAGS = "tags"
    DUE = "due"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column.

    Attributes:
        title: the head, to be translated.
        width: in Qt's pixels, before the agent has changed it.
        feature: what the vendor must offer for there to be such a value; None = every vendor has it.
        sorts: the orders that clicks on the head ask for, one after the other; empty where the store cannot sort by it.
        is_usual: it is shown before the agent has chosen.
    """

    name: ColumnName
    title: str
    width: int
    feature: Feature | None = None
    sorts: tuple[Sort, ...] = ()
    is_usual: bool = True


COLUMNS = (
    TableColumn(ColumnName.WAITS, "Waits", 76, Feature.THREAD, (Sort.WAITING,)),
    TableColumn(ColumnName.ACCOUNT, "Account", 138, sorts=(Sort.ACCOUNT,)),
    TableColumn(ColumnName.CUSTOMER, "Customer", 168),
    TableColumn(ColumnName.SUBJECT, "Subject", 320),
    TableColumn(ColumnName.STATE, "State", 126, sorts=(Sort.STATE,)),
    TableColumn(ColumnName.PRIORITY, "Priority", 96, Feature.PRIORITY, (Sort.PRIORITY,)),
    TableColumn(ColumnName.ASSIGNEE, "Assignee", 116, Feature.ASSIGN, (Sort.ASSIGNEE,)),
    TableColumn(ColumnName.GROUP, "Group", 130, is_usual=False),
    TableColumn(ColumnName.TAGS, "Tags", 140, Feature.TAGS, is_usual=False),
    TableColumn(ColumnName.DUE, "Due", 110, sorts=(Sort.DUE,), is_usual=False),
    TableColumn(ColumnName.UPDATED, "Updated", 90, sorts=(Sort.NEWEST, Sort.OLDEST)),
)
"""In their order before the agent has moved any."""


def title_of(column: TableColumn) -> str:
    """Return what stands on its head."""
    return QCoreApplication.translate("TicketColumns", column.title)
