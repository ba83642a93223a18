"""A strip in a pane or a form: what happened, what was kept and what to do next, with the buttons that do it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deskhand.ui.kit.strip import Offer, Strip
from deskhand.ui.kit.theme import Tone

_ICONS = {
    Tone.PLAIN: "info",
    Tone.ACCENT: "info",
    Tone.GOOD: "circle-check",
    Tone.WAITING: "clock",
    Tone.WRONG: "triangle-alert",
}


class Banner(Strip):
    """Hidden until it has something to say.

    Signals:
        acted: the first button was pressed.
    """

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dismissed.connect(self.clear)

    @property
    def text(self) -> str:
        """What it says; empty while hidden."""
        return self.words.text() if not self.isHidden() else ""

    def show_notice(
        self,
        text: str,
        tone: Tone = Tone.PLAIN,
        *,
        action: str = "",
        more: Sequence[Offer] = (),
        icon: str = "",
        closable: bool = False,
    ) -> None:
        """Say something.

        Args:
            action: the first button's word; empty = no such button.
            more: further buttons.
            icon: file name of an icon; empty = that of the tone.
            closable: the agent may put it away.
        """
        self.words.setText(text)
        self.set_look(tone, icon or _ICONS[tone])
        first = (Offer(action, self.acted.emit),) if action else ()
        self.offer((*first, *more), closable=closable)
        self.setAccessibleName(text)
        self.show()

    def clear(self) -> None:
        """Say nothing."""
        self.words.setText("")
        self.hide()
