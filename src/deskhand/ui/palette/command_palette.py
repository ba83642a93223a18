"""Ctrl+K: type what you want, Enter does it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.focus_ring import leave_ring
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.motion import MOTION
from deskhand.ui.kit.popup_frame import outer_place, outer_size, paint_frame, use_frame
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone, fonts_for, theme_of
from deskhand.ui.palette.context_chip import Context, ContextChip
from deskhand.ui.palette.entries import Entry, Section, fitting, narrowed
from deskhand.ui.palette.entry_list import EntryList

__all__ = ["CommandPalette", "Entry"]

_WIDTH, _HEIGHT = 680, 490
_TOP = 72
"""Below the upper edge of the window."""


class CommandPalette(QDialog):
    """A line to type in over a list. The keyboard stays in the line; Up and Down move the list.

    What a search finds comes later, by `show_found`. It takes its place among the sections where nothing that is marked moves by it, else
    the place below all of them. Until then what was found for the text before stays, so that nothing flickers; Enter on it waits for the
    answer, unless the agent chose it.

    Args:
        provider: returns what may be offered.
        search: begins to look for a text and tells whether `show_found` will answer it; only the newest text is answered.
        context: what the first section is for; None = nothing.

    Signals:
        ran: an `Entry` was carried out.
    """

    ran = Signal(object)

    def __init__(
        self,
        provider: Callable[[], Sequence[Entry]],
        parent: QWidget | None = None,
        *,
        search: Callable[[str], bool] = lambda _text: False,
        context: Context | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog)
        use_frame(self)
        self._provider = provider
        self._search = search
        self._all_entries = tuple(provider())
        self._fit: tuple[Entry, ...] = ()
        self._found: tuple[Entry, ...] = ()
        self._shown: tuple[Entry, ...] = ()
        self._values_of: Entry | None = None
        self._values: tuple[Entry, ...] = ()
        self._marked: Entry | None = None
        self._is_waiting = False
        self._entered: bool | None = None
        self._meant = ""
        self._has_context = context is not None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Commands"))
        self.setAccessibleName(self.tr("Commands"))
        self._line = QLineEdit(self)
        self._line.setObjectName("Command")
        self._line.setAccessibleName(self.tr("Search commands and tickets"))
        self._line.setFont(fonts_for(self.font()).title)
        plain = self._line.font()
        plain.setWeight(plain.Weight.Normal)
        self._line.setFont(plain)
        self._line.setStyleSheet("QLineEdit { border: none; background: transparent; padding: 0; }")
        leave_ring(self._line)
        self._line.setMinimumHeight(48)
        self._line.textChanged.connect(self._fill)
        self._list = EntryList(self._line, self.tr("Commands and tickets"), self)
        self._list.requested.connect(lambda stay: self.run(stay=stay))
        self._list.pressed.connect(lambda _index: self._choose())
        self._list.values_requested.connect(self._open_values)
        self._list.left.connect(self._step_back)
        self._list.marked.connect(self._show_foot)
        self._none = label("", self, tone=Tone.PLAIN)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.hide()
        self._several = context is not None and context.is_several
        self._chip = ContextChip(context, self) if context is not None else None
        self._anything = label(self.tr("Backspace: anything"), self, role=Role.SMALL, tone=Tone.PLAIN)
        self._lay_out()
        self._show_context()
        self._fill("")
        self._place(parent)
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(18, 2, 18, 2)
        line.setSpacing(GAP_SMALL)
        if self._chip is not None:
            line.addWidget(self._chip)
            self._chip.pressed.connect(self._drop_context)
        line.addWidget(self._line, 1)
        line.addWidget(self._anything)
        self._foot = QWidget(self)
        foot = QHBoxLayout(self._foot)
        set_margins(foot, 18, 6, 12, 6)
        foot.setSpacing(2)
        self._said = ElidedLabel("", self._foot, role=Role.SMALL, tone=Tone.PLAIN)
        foot.addWidget(self._said, 1)
        self._prefixes = QWidget(self._foot)
        row = QHBoxLayout(self._prefixes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for prefix, title in (
            (">", self.tr("> commands")),
            ("#", self.tr("# tickets")),
            ("@", self.tr("@ people")),
            (";", self.tr("; canned")),
        ):
            button = PushButton(title, self._prefixes)
            button.setProperty("kind", "link")
            button.setFont(fonts_for(self.font()).small)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            set_enter_presses(button, presses=False)
            button.clicked.connect(partial(self._narrow, prefix))
            row.addWidget(button)
        foot.addWidget(self._prefixes)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(line)
        column.addSpacing(GAP - 4)
        column.addWidget(self._list, 1)
        column.addWidget(self._none, 1)
        column.addSpacing(GAP - 4)
        column.addWidget(self._foot)

    def _place(self, parent: QWidget | None) -> None:
        window = parent.window() if parent is not None else None
        wide = min(_WIDTH, window.width() - 40) if window is not None else _WIDTH
        tall = min(_HEIGHT, window.height() - 60) if window is not None else _HEIGHT
        self.resize(outer_size(QSize(wide, tall)))
        if window is not None:
            corner = QPoint((window.width() - wide) // 2, min(_TOP, (window.height() - tall) // 2))
            self.move(outer_place(window.mapToGlobal(corner)))

    # --- told and asked ---

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is listed, best first."""
        return self._list.entries

    @property
    def current(self) -> Entry | None:
        """What Enter would do."""
        return self._list.current

    def run(self, *, stay: bool = False) -> None:
        """Do what is marked; with `stay` the palette remains open."""
        entry = self.current
        if self._is_waiting and not self._fit and entry is self._marked:
            self._entered = stay
            return
        if entry is None or entry.reason:
            return
        if stay:
            entry.run()
            self.ran.emit(entry)
            self.refresh()
            return
        # Closed first: what runs may open a dialog or take the keyboard.
        self.accept()
        entry.run()
        self.ran.emit(entry)

    def refresh(self) -> None:
        """Ask again what may be offered; what is typed, marked and looked for stays."""
        self._all_entries = tuple(self._provider())
        if self._values_of is not None:
            return
        held, is_chosen = self.current, self.current is not self._marked
        self._fit = self._offered(self._line.text())
        shown = self._merged(None)
        same = (n for n, one in enumerate(shown) if held is not None and one.title == held.title)
        self._show(shown, next(same, None))
        if is_chosen:
            self._choose()

    def show_found(self, text: str, entries: Sequence[Entry], meant: str = "") -> None:
        """List what a search found, unless something else is typed by now; what is marked stays marked and where it is.

        Args:
            meant: other words that were looked for because nothing holds these.
        """
        if text != self._line.text() or self._values_of is not None:
            return
        held, is_chosen = self.current, self.current is not self._marked
        row = self._list.currentIndex().row()
        was_found = held is not None and any(held is one for one in self._found)
        self._found, self._is_waiting = tuple(entries), False
        if meant != self._meant:
            self._meant = meant
            self._name_sections()
        shown = self._merged(held if held is not None and not was_found else None)
        if was_found and is_chosen:
            same = ((one.title, one.detail) == (held.title, held.detail) if held else False for one in shown)
            row = next((n for n, is_same in enumerate(same) if is_same), row)
        elif held is not None and not was_found:
            row = next((n for n, one in enumerate(shown) if one is held), row)
        self._show(shown, row if is_chosen or self._fit else None)
        if is_chosen:
            self._choose()
        if self._entered is not None:
            self.run(stay=self._entered)

    # --- inside ---

    def _fill(self, text: str) -> None:
        held, self._entered = self.current, None
        self._anything.setVisible(self._has_context and not text and self._values_of is None)
        if self._values_of is not None:
            self._fit, self._found, self._is_waiting = fitting(self._values, text), (), False
            self._show(self._fit, None)
            return
        sections = narrowed(text)[0]
        self._fit = self._offered(text)
        self._is_waiting = bool(text) and self._search(text)
        if not self._is_waiting:
            self._found = ()
            self._meant = ""
        elif sections is not None:
            self._found = tuple(one for one in self._found if one.section in sections)
        self._name_sections()
        shown = self._merged(None)
        same = [i for i, entry in enumerate(shown) if held is not None and entry.title == held.title]
        self._show(shown, same[0] if same and not text else None)

    def _offered(self, text: str) -> tuple[Entry, ...]:
        """Return what fits, of the sections that a first letter and the context leave."""
        sections, words = narrowed(text)
        offered = [
            one
            for one in self._all_entries
            if (sections is None or one.section in sections)
            and (self._has_context or one.section is not Section.TICKET)
        ]
        return fitting(offered, words)

    def _merged(self, held: Entry | None) -> tuple[Entry, ...]:
        """Return what fits with what was found among it, or below it where it would move what is held."""
        if not self._found:
            return self._fit
        order = list(Section)
        first = self._found[0].section
        if first is None:
            return (*self._fit, *self._found)
        place = order.index(first)
        at = sum(one.section is None or order.index(one.section) < place for one in self._fit)
        if held is not None and any(held is one for one in self._fit[at:]):
            at = len(self._fit)
        return (*self._fit[:at], *self._found, *self._fit[at:])

    def _show(self, entries: tuple[Entry, ...], row: int | None) -> None:
        """List everything and mark a row; None = the first that can be done."""
        if row is None:
            row = next((i for i, entry in enumerate(entries) if not entry.reason), 0)
        sections, words = narrowed(self._line.text())
        self._list.show_entries(entries, row, tuple(words.casefold().split()))
        self._marked = self.current
        self._list.setVisible(bool(entries) or self._is_waiting)
        self._none.setVisible(not entries and not self._is_waiting)
        if not entries and not self._is_waiting:
            self._none.setText(self._nothing(sections, words))

    def _nothing(self, sections: frozenset[Section] | None, words: str) -> str:
        """Return what stands in place of an empty list."""
        if not words and sections == frozenset({Section.TICKETS}):
            return self.tr("Type a number, a reference, a link or words.")
        if not words and sections == frozenset({Section.PEOPLE}):
            return self.tr("Type a customer's name or address.")
        if not words and sections == frozenset({Section.CANNED}):
            return self.tr("No canned replies yet. Write some in the settings.")
        return self.tr("Nothing fits. Try other words, or search tickets.")

    def _show_foot(self) -> None:
        """Say which other words mean the same as what is marked, once something is typed; else what the keys do."""
        entry = self.current
        typed = narrowed(self._line.text())[1]
        if typed and entry is not None and entry.synonyms:
            others = ", ".join(one for one in entry.synonyms if one.casefold() != typed.casefold())
            self._said.setText(self.tr("Also understood: {words}").format(words=others))
            self._prefixes.hide()
            return
        keys = [self.tr("Enter run"), self.tr("Ctrl+Enter run and stay")]
        if entry is not None and entry.values is not None:
            keys.append(self.tr("→ values"))
        if self._values_of is not None:
            keys.append(self.tr("← back"))
        self._said.setText(" · ".join((*keys, self.tr("Esc close"))))
        self._prefixes.setVisible(self._values_of is None)

    def _show_context(self) -> None:
        if self._chip is not None:
            self._chip.setVisible(self._has_context)
        self._line.setPlaceholderText(
            self.tr("What shall be done?") if self._has_context else self.tr("Search commands and tickets")
        )
        self._anything.setVisible(self._has_context)

    def _name_sections(self) -> None:
        tickets = self.tr("Tickets")
        if self._meant:
            tickets = self.tr("Did you mean “{words}”?").format(words=self._meant)
        here = self.tr("These tickets") if self._several else self.tr("This ticket")
        if self._values_of is not None:
            here = self._values_of.title
        self._list.set_heads(
            {
                Section.TICKET: here,
                Section.RECENT: self.tr("A moment ago"),
                Section.COMMANDS: self.tr("Commands"),
                Section.TICKETS: tickets,
                Section.PEOPLE: self.tr("People"),
                Section.VIEWS: self.tr("Views"),
                Section.ACCOUNTS: self.tr("Accounts"),
                Section.CANNED: self.tr("Canned replies"),
                Section.SETTINGS: self.tr("Settings"),
            }
        )

    def _narrow(self, prefix: str) -> None:
        """Put a prefix in front of what is typed, in place of another one."""
        self._line.setText(prefix + narrowed(self._line.text())[1])
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_values(self) -> None:
        """List what the marked entry can be set to."""
        entry = self.current
        if entry is None or entry.values is None:
            return
        self._values_of, self._values = entry, tuple(entry.values())
        self._name_sections()
        self._line.setText("")
        self._fill("")

    def _step_back(self) -> None:
        """Leave the values, else the context."""
        if self._values_of is None:
            self._drop_context()
            return
        before, self._values_of, self._values = self._values_of, None, ()
        self._name_sections()
        self._fill("")
        row = next((n for n, one in enumerate(self.entries) if one.title == before.title), 0)
        self._list.mark(row)

    def _drop_context(self) -> None:
        """Offer what is for no ticket."""
        if self._has_context:
            self._has_context = False
            self._show_context()
            self._fill(self._line.text())

    def _choose(self) -> None:
        """What is marked was chosen by hand."""
        self._marked = None

    @override
    def reject(self) -> None:
        """Esc leaves the values first."""
        if self._values_of is not None:
            self._line.setText("")
            self._step_back()
        else:
            super().reject()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        inside = self.contentsRect()
        with QPainter(self) as painter:
            paint_frame(self, painter)
            painter.setPen(QColor(theme_of(self.palette()).hair))
            for y in (self._line.geometry().bottom() + 3, self._foot.geometry().top()):
                painter.drawLine(inside.left() + 1, y, inside.right() - 1, y)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        MOTION.appear(self)
