"""Frozen entries behind roles."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from deskhand.ui.palette.entries import Entry
from deskhand.ui.palette.entry_delegate import ENTRY


def spoken(entry: Entry) -> str:
    """Return a line as a screen reader says it."""
    return ", ".join(part for part in (entry.title, entry.reason or entry.detail, entry.keys) if part)


class EntriesModel(QAbstractListModel):
    """A list that is replaced as a whole: it is short, and made anew for every letter."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show(self, entries: tuple[Entry, ...]) -> None:
        """Offer these."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.entries)

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(entry)
            case _ if role == ENTRY:
                return entry
            case _:
                return None
