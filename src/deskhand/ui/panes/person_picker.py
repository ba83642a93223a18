"""Choose who a ticket belongs to: type part of a name, or a whole e-mail address where the vendor lists nobody."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.tickets import Person
from deskhand.ui.theme import GAP_SMALL, Tone
from deskhand.ui.widgets.labels import Role, label

_WIDTH, _HEIGHT = 300, 300
_MOST = 200
"""Rows that are built at once; typing narrows a longer list."""


class PersonPicker(QFrame):
    """A searchable list over the window.

    Signals:
        chosen: a `Person`, or None for nobody.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._people: tuple[Person, ...] = ()
        self._me = ""
        self._nobody = True
        self.setProperty("kind", "card")
        self.setAccessibleName(self.tr("Assign to"))
        self._words = QLineEdit(self)
        self._words.setAccessibleName(self.tr("Name or e-mail"))
        self._words.setPlaceholderText(self.tr("Name or e-mail"))
        self._words.textChanged.connect(self._fill)
        self._words.returnPressed.connect(self._take)
        self._words.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setAccessibleName(self.tr("People"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(lambda _item: self._take())
        self._said = label("", self, role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_SMALL, GAP_SMALL, GAP_SMALL, GAP_SMALL)
        column.setSpacing(GAP_SMALL)
        column.addWidget(self._words)
        column.addWidget(self._list, 1)
        column.addWidget(self._said)
        self.setFixedSize(_WIDTH, _HEIGHT)

    def set_people(self, people: Sequence[Person], me: str, *, nobody: bool) -> None:
        """Offer these.

        Args:
            me: the agent's own e-mail.
            nobody: a ticket may be left with nobody.
        """
        self._people, self._me, self._nobody = tuple(people), me, nobody

    def shown(self) -> tuple[str, ...]:
        """Return what may be chosen now, in words."""
        return tuple(self._list.item(row).text() for row in range(self._list.count()))

    def open_below(self, widget: QWidget) -> None:
        """Show under a widget."""
        self._words.clear()
        self._fill()
        place = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        screen = widget.screen().availableGeometry()
        place.setX(min(place.x(), max(screen.left(), screen.right() - _WIDTH)))
        self.move(place)
        self.show()
        self._words.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self) -> None:
        typed = self._words.text().strip()
        words = typed.casefold().split()
        self._list.clear()
        mine = next((p for p in self._people if self._me and p.email.casefold() == self._me.casefold()), None)
        if mine is None and self._me and not self._people:
            mine = Person(email=self._me)
        if mine is not None:
            self._offer(self.tr("Assign to me"), mine, words, mine.name, mine.email)
        if self._nobody:
            self._offer(self.tr("Nobody"), None, words)
        for person in self._people:
            if self._list.count() >= _MOST:
                break
            self._offer(person.shown, person, words, person.email)
        known = any(typed.casefold() == p.email.casefold() for p in self._people)
        # Where the vendor lists people, another address would be refused by it.
        if "@" in typed and not known and not self._people:
            self._offer(typed, Person(email=typed), [])
        self._list.setCurrentRow(0)
        self._said.setText(self._hint() if not self._list.count() or not self._people else "")
        self._said.setVisible(bool(self._said.text()))

    def _hint(self) -> str:
        return (
            self.tr("Nobody fits.") if self._people else self.tr("Nobody is listed here; type a whole e-mail address.")
        )

    def _offer(self, shown: str, person: Person | None, words: list[str], *more: str) -> None:
        hay = " ".join((shown, *more)).casefold()
        if not all(word in hay for word in words):
            return
        extra = next((m for m in more if m and m != shown), "")
        item = QListWidgetItem(f"{shown}   {extra}" if extra else shown)
        item.setData(Qt.ItemDataRole.UserRole, (person,))
        self._list.addItem(item)

    def _take(self) -> None:
        if self._list.currentRow() < 0:
            return
        (person,) = self._list.currentItem().data(Qt.ItemDataRole.UserRole)
        self.close()
        self.chosen.emit(person)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._words and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                count = max(1, self._list.count())
                self._list.setCurrentRow((self._list.currentRow() + step) % count)
                return True
        return super().eventFilter(watched, event)
