"""Frozen entries behind roles."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from deskhand.ui.palette.entries import Entry
from deskhand.ui.palette.entry_delegate import ENTRY


def spoken(entry: Entry) -> str:
    """Return a line as a screen reader says it."""
    return ", ".join(part for part in (entry.title, entry.reason or entry.detail, entry.keys) if part)


class EntriesModel(QAbstractListModel):
    """A short list, made anew for every letter; what follows upon the same entries takes its place below them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show(self, entries: tuple[Entry, ...]) -> None:
        """Offer these. Entries at the beginning that are offered already stay, with what is marked and scrolled among them."""
        same = 0
        for before, now in zip(self.entries, entries, strict=False):
            if before is not now:
                break
            same += 1
        if not same:
            self.beginResetModel()
            self.entries = entries
            self.endResetModel()
            return
        if same < len(self.entries):
            self.beginRemoveRows(QModelIndex(), same, len(self.entries) - 1)
            self.entries = self.entries[:same]
            self.endRemoveRows()
        if same < len(entries):
            self.beginInsertRows(QModelIndex(), same, len(entries) - 1)
            self.entries = entries
            self.endInsertRows()

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
