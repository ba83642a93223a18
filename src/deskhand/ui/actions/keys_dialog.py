"""All keys on one page."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.ui.kit.keycap import keycap_size, paint_keycap
from deskhand.ui.kit.labels import Role, ToneLabel, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.scroll_bar import use_thin_bars
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, GAP_LARGE, GAP_SMALL, Tone, fonts_for, theme_of

_OR = " / "


class Keys(QWidget):
    """Keys as caps: "G, I / Ctrl+0" is two ways, the first of two keys after one another."""

    def __init__(self, keys: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._alternatives = [sequence.split(", ") for sequence in keys.split(_OR)]
        self.setAccessibleName(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        font = fonts_for(self.font()).tiny
        sizes = [keycap_size(key, font) for sequence in self._alternatives for key in sequence]
        gaps = 4 * (len(sizes) - 1) + 10 * (len(self._alternatives) - 1)
        return QSize(sum(s.width() for s in sizes) + gaps, max(s.height() for s in sizes))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        font, theme = fonts_for(self.font()).tiny, theme_of(self.palette())
        x = 0
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for sequence in self._alternatives:
                for key in sequence:
                    size = keycap_size(key, font)
                    paint_keycap(
                        painter, self.rect().adjusted(x, 0, x + size.width() - self.width(), 0), key, font, theme
                    )
                    x += size.width() + 4
                x += 10


_Row = tuple[str, ToneLabel, Keys]
"""What is searched, the name and the keys."""


class KeysDialog(Sheet):
    """A list that can be searched.

    Args:
        sections: where keys act ("" = in the whole window), and (keys, title) pairs; several ways are parted by " / ", keys after
            one another by ", ".
        letters: whether single letters are among them.

    Signals:
        change_requested: the agent wants other keys; the overview is gone by then.
    """

    change_requested = Signal()

    def __init__(
        self,
        sections: Sequence[tuple[str, Sequence[tuple[str, str]]]],
        parent: QWidget | None = None,
        *,
        letters: bool = True,
    ) -> None:
        super().__init__(self.tr("Keys"), parent, width=560)
        self._sections: list[tuple[QWidget | None, list[_Row]]] = []
        self._search = QLineEdit(self)
        self._search.setAccessibleName(self.tr("Search keys"))
        self._search.setPlaceholderText(self.tr("Search keys"))
        self._search.textChanged.connect(self._filter)
        content = QWidget(self)
        grid = QGridLayout(content)
        set_margins(grid, 0, 4, GAP, 4)
        grid.setHorizontalSpacing(GAP_LARGE)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        for place, keys in sections:
            self._add_section(grid, content, place, keys)
        grid.setRowStretch(grid.rowCount(), 1)
        scroll = QScrollArea(self)
        use_thin_bars(scroll)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(self.tr("Keys"))
        scroll.setWidget(content)
        scroll.setMinimumWidth(content.minimumSizeHint().width() + scroll.verticalScrollBar().sizeHint().width())
        for ground in (scroll.viewport(), content):
            ground.setAutoFillBackground(False)
        self.body.addWidget(self._search)
        self.add_scrolling(scroll, 360)
        said = (
            self.tr("Single letters act while no text is being typed.")
            if letters
            else self.tr("Single letters are switched off in the settings.")
        )
        self.body.addWidget(label(said, self, role=Role.SMALL, tone=Tone.PLAIN, wrap=True))
        change = self.add_button(self.tr("Change keys…"), self._change)
        self.footer.removeWidget(change)
        self.footer.insertWidget(0, change)
        self.add_button(self.tr("Close"), self.accept, kind="primary", default=True)
        self._search.setFocus()

    def _change(self) -> None:
        self.accept()
        self.change_requested.emit()

    def _add_section(self, grid: QGridLayout, content: QWidget, place: str, keys: Sequence[tuple[str, str]]) -> None:
        heading = label(place, content, role=Role.BOLD) if place else None
        if heading is not None:
            heading.setContentsMargins(0, GAP_SMALL, 0, 0)
            grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        rows = []
        for caps, title in keys:
            at = grid.rowCount()
            name, shown = label(title, content), Keys(caps, content)
            grid.addWidget(name, at, 0)
            grid.addWidget(shown, at, 1, Qt.AlignmentFlag.AlignRight)
            rows.append((f"{place} {title} {caps}".casefold(), name, shown))
        self._sections.append((heading, rows))

    def shown(self) -> tuple[str, ...]:
        """Return the names that are in view."""
        return tuple(name.text() for _, rows in self._sections for _, name, _keys in rows if not name.isHidden())

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for heading, rows in self._sections:
            for hay, name, keys in rows:
                fits = all(word in hay for word in words)
                name.setVisible(fits)
                keys.setVisible(fits)
            if heading is not None:
                heading.setVisible(any(not name.isHidden() for _, name, _keys in rows))
