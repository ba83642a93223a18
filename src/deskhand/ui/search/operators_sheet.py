"""Every operator of the filter language with an example, from the language's own table."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from deskhand.domain.filters.fields import BY_NAME, FIELDS, SIGNS
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.scroll_column import ScrollColumn
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import Tone, fonts_for

_WIDTH, _HEIGHT = 640, 420


class OperatorsSheet(Sheet):
    """Lists them; an example that is pressed is put into the search box.

    Signals:
        chosen: the example.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("OperatorsSheet", "Search: all operators"), parent, width=_WIDTH)
        column = ScrollColumn()
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        rows = [(info.examples[0], self._means(field.value, info.takes)) for field, info in FIELDS.items()]
        for at, (example, meaning) in enumerate((*rows, *SIGNS)):
            button = PushButton(example)
            button.setProperty("kind", "link")
            button.setFont(fonts_for(self.font()).medium)
            button.clicked.connect(lambda _checked=False, example=example: self._choose(example))
            grid.addWidget(button, at, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            said: QLabel = label(meaning, role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
            grid.addWidget(said, at, 1)
        column.column.addLayout(grid)
        column.column.addStretch(1)
        self.add_scrolling(column, _HEIGHT)
        self.add_button(QCoreApplication.translate("OperatorsSheet", "Close"), self.reject, default=True)

    def _means(self, name: str, takes: str) -> str:
        others = [other for other, field in BY_NAME.items() if field.value == name and other != name]
        too = QCoreApplication.translate("OperatorsSheet", "also: {names}").format(names=", ".join(others))
        return f"{takes} ({too})" if others else takes

    def _choose(self, example: str) -> None:
        self.accept()
        self.chosen.emit(example)
