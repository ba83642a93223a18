"""The entries as a model for Qt: what is listed, said aloud, and painted."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from deskhand.ui.palette.entries import Entry, Section
from deskhand.ui.palette.entry_delegate import ENTRY, HEAD, WORDS


def spoken(entry: Entry) -> str:
    """Return a line as a screen reader says it."""
    return ", ".join(part for part in (entry.title, entry.reason or entry.detail, entry.keys) if part)


class EntriesModel(QAbstractListModel):
    """A short list, made anew for every letter; what comes upon the same entries later takes its place among them.

    Attributes:
        heads: what stands above the first entry of a section.
        words: what was typed, in small letters: marked where a title holds it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()
        self.heads: dict[Section, str] = {}
        self.words: tuple[str, ...] = ()

    def show(self, entries: tuple[Entry, ...]) -> None:
        """Offer these. Entries at the beginning and the end that are offered already stay, with what is marked among them."""
        same = _same(self.entries, entries)
        rest = min(len(self.entries), len(entries)) - same
        tail = min(_same(self.entries[::-1], entries[::-1]), rest)
        if not same and not tail:
            self.beginResetModel()
            self.entries = entries
            self.endResetModel()
            return
        old, new = len(self.entries) - tail, len(entries) - tail
        if same < old:
            self.beginRemoveRows(QModelIndex(), same, old - 1)
            self.entries = self.entries[:same] + self.entries[old:]
            self.endRemoveRows()
        if same < new:
            self.beginInsertRows(QModelIndex(), same, new - 1)
            self.entries = entries
            self.endInsertRows()

    def head(self, row: int) -> str:
        """Return what stands above a row: the name of its section, where it is the first of it."""
        section = self.entries[row].section
        if section is None or (row and self.entries[row - 1].section is section):
            return ""
        return self.heads.get(section, "")

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
                head = self.head(index.row())
                return f"{head}: {spoken(entry)}" if head else spoken(entry)
            case _ if role == ENTRY:
                return entry
            case _ if role == HEAD:
                return self.head(index.row())
            case _ if role == WORDS:
                return self.words
            case _:
                return None


def _same(before: tuple[Entry, ...], now: tuple[Entry, ...]) -> int:
    """Return how many entries at the beginning are the same ones."""
    return next(
        (n for n, (one, other) in enumerate(zip(before, now, strict=False)) if one is not other),
        min(len(before), len(now)),
    )
