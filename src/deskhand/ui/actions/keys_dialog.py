"""All keys on one page."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.ui.kit.keycap import keycap_size, paint_keycap
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, GAP_LARGE, Tone, fonts_for, theme_of

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


class KeysDialog(Sheet):
    """A list that can be searched.

    Args:
        keys: (keys, words) pairs; several ways are parted by " / ", keys after one another by ", ".
        letters: whether single letters are among them.
    """

    def __init__(self, keys: Sequence[tuple[str, str]], parent: QWidget | None = None, *, letters: bool = True) -> None:
        super().__init__(self.tr("Keys"), parent, width=560)
        self._rows: list[tuple[str, QWidget, QWidget]] = []
        self._search = QLineEdit(self)
        self._search.setAccessibleName(self.tr("Search keys"))
        self._search.setPlaceholderText(self.tr("Search keys"))
        self._search.textChanged.connect(self._filter)
        content = QWidget(self)
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 4, GAP, 4)
        grid.setHorizontalSpacing(GAP_LARGE)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        for row, (caps, words) in enumerate(keys):
            name = label(words, content)
            shown = Keys(caps, content)
            grid.addWidget(name, row, 0)
            grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignRight)
            self._rows.append((f"{words} {caps}".casefold(), name, shown))
        grid.setRowStretch(len(keys), 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(self.tr("Keys"))
        scroll.setWidget(content)
        self.body.addWidget(self._search)
        self.add_scrolling(scroll, 360)
        said = (
            self.tr("Single letters act while no text is being typed.")
            if letters
            else self.tr("Single letters are switched off in the settings.")
        )
        self.body.addWidget(label(said, self, role=Role.SMALL, tone=Tone.PLAIN, wrap=True))
        self.add_button(self.tr("Close"), self.accept, kind="primary", default=True)
        self._search.setFocus()

    def shown(self) -> tuple[str, ...]:
        """Return the names that are in view."""
        return tuple(name.text() for _, name, _keys in self._rows if not name.isHidden())  # type: ignore[attr-defined]

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for hay, name, keys in self._rows:
            fits = all(word in hay for word in words)
            name.setVisible(fits)
            keys.setVisible(fits)
