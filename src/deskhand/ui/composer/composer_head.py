"""The line above both texts of the reply box: which of them is shown, who answers, whether it is kept, and the way to fold it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from deskhand.ui.composer.composer_state import NOTE, ComposerState, NoteKind
from deskhand.ui.composer.composer_tabs import ComposerTabs
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role
from deskhand.ui.kit.theme import GAP_SMALL, Tone

_WIDE = 420


class ComposerHead(QWidget):
    """Tabs and words.

    Attributes:
        tabs: reply and note.
        fold: folds the box.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = ComposerState()
        self.tabs = ComposerTabs(self)
        self._before = ElidedLabel("", self, role=Role.SMALL, tone=Tone.PLAIN)
        self._before.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._name = ElidedLabel("", self, role=Role.SMALL)
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        bold = self._name.font()
        bold.setWeight(bold.Weight.DemiBold)
        self._name.setFont(bold)
        self._after = ElidedLabel("", self, role=Role.SMALL, tone=Tone.PLAIN)
        self._after.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.fold = IconButton("chevron-down", self.tr("Fold the reply box"), self, side=24, around=4)
        head = QHBoxLayout(self)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self.tabs)
        head.addSpacing(GAP_SMALL)
        head.addWidget(self._before, 1)
        head.addSpacing(4)
        head.addWidget(self._name)
        head.addSpacing(4)
        head.addWidget(self._after)
        head.addSpacing(4)
        head.addWidget(self.fold)

    def show_kind(self, state: ComposerState) -> None:
        """Say who answers in the text that is shown."""
        self._state = state
        kind = self.tabs.kind
        if kind != NOTE:
            before, name = self.tr("replying as"), state.account_label
        elif state.note_kind is NoteKind.REMOTE:
            before, name = self.tr("note for colleagues in"), state.account_label
        else:
            template = self.tr("on this computer, not sent to {vendor}")
            before, name = template.format(vendor=state.vendor), ""
        self._before.setText(before)
        self._fit()
        self._name.setText(name)
        self._name.setVisible(bool(name))

    def show_saved(self, saved: bool) -> None:
        """Say whether that text is on disk as it stands here."""
        self._after.setText(self.tr("· draft saved") if saved else "")
        self._after.setVisible(saved)

    def _fit(self) -> None:
        # Where there is no room, the name says enough; a note's place is always said.
        is_note = self.tabs.kind == NOTE
        self._before.setVisible(self.width() >= _WIDE or not self._state.account_label or is_note)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
