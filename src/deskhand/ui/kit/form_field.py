"""A line of a form: its label, the control, a word of help, and what is wrong with it."""

from typing import assert_never

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from deskhand.domain.accounts import SignInField
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.secret_edit import SecretEdit
from deskhand.ui.kit.theme import GAP, Tone, fonts_for
from deskhand.ui.kit.tick_box import TickBox

Control = QLineEdit | QComboBox | QSpinBox | TickBox

LABELS = 112
"""Width of the labels, so that the controls of a form stand below each other."""


class FormField(QWidget):
    """Label on the left, control on the right; both, help and problem go to the screen reader.

    Args:
        name: what a problem calls it.
        control: a line edit, a combo box, a number or a tick.
    """

    def __init__(self, name: str, caption: str, control: Control, *, help_text: str = "") -> None:
        super().__init__()
        self._name = name
        self._caption = caption
        self._help_text = help_text
        self._control = control
        control.setObjectName(name)
        control.setAccessibleName(caption)
        control.setMinimumHeight(32)
        title = label(caption, tone=None, wrap=True)
        title.setBuddy(control)
        title.setFixedWidth(LABELS)
        title.setContentsMargins(0, 7, 0, 0)
        self._help = label(help_text, role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        self._help.setVisible(bool(help_text))
        self._problem = label(role=Role.SMALL, tone=Tone.WRONG, wrap=True)
        self._problem.hide()
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(control)
        column.addWidget(self._problem)
        column.addWidget(self._help)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        match control:
            case QLineEdit():
                control.textEdited.connect(self.clear_problem)
            case QComboBox():
                control.currentIndexChanged.connect(self.clear_problem)
            case TickBox():
                control.toggled.connect(self.clear_problem)
            case QSpinBox():
                control.valueChanged.connect(self.clear_problem)
            case _:
                assert_never(control)
        self._describe()

    @property
    def name(self) -> str:
        """What a problem calls it."""
        return self._name

    @property
    def caption(self) -> str:
        """Its label."""
        return self._caption

    @property
    def control(self) -> Control:
        """What is typed into, or chosen from."""
        return self._control

    @property
    def problem(self) -> str:
        """What is said to be wrong; empty if nothing."""
        return self._problem.text()

    @property
    def text(self) -> str:
        """What is typed, without spaces around it; for a combo box the value behind its words."""
        if isinstance(self._control, QComboBox):
            return str(self._control.currentData())
        return self._control.text().strip()

    def show_problem(self, message: str) -> None:
        """Say what is wrong, and take the focus."""
        self._problem.setText(message)
        self._problem.show()
        self._mark(wrong=True)
        self._control.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self._control, QLineEdit):
            self._control.selectAll()

    def clear_problem(self) -> None:
        """It is being mended."""
        if not self._problem.isHidden():
            self._problem.setText("")
            self._problem.hide()
            self._mark(wrong=False)

    def _mark(self, *, wrong: bool) -> None:
        self._control.setProperty("wrong", wrong)
        self._control.style().unpolish(self._control)
        self._control.style().polish(self._control)
        self._describe()

    def _describe(self) -> None:
        said = " ".join(part for part in (self._problem.text(), self._help_text) if part)
        self._control.setAccessibleDescription(said)


def sign_in_field(field: SignInField, value: str, *, help_text: str = "", unchanged: str = "") -> FormField:
    """Return the line of a vendor's sign-in field.

    Args:
        value: what is kept; never a secret.
        unchanged: the placeholder of a secret that may stay as it is.
    """
    edit = SecretEdit() if field.secret else QLineEdit(value or field.default)
    optional = not field.required and not field.secret
    edit.setPlaceholderText(unchanged if field.secret else "")
    if optional and not edit.text():
        edit.setPlaceholderText(edit.tr("optional"))
    edit.setFont(fonts_for(edit.font()).body)
    return FormField(field.name, field.label, edit, help_text=help_text or field.help)
