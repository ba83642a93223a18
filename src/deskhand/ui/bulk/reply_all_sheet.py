"""One reply per ticket: the text for all, and what each ticket would get, one after the other, before anything is sent."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain import wording
from deskhand.domain.ids import TicketKey
from deskhand.services.bulk_replies import LEFT_OUT, PreviewedReply, Wording
from deskhand.services.settings import Snippet
from deskhand.ui.composer.composition import Composition, finish_composition
from deskhand.ui.kit.buttons import PushButton
from deskhand.ui.kit.choice_box import ChoiceBox
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.enter_key import set_enter_presses
from deskhand.ui.kit.icon_button import IconButton
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone
from deskhand.ui.kit.tick_box import TickBox

_TEXT_HEIGHT, _PREVIEW_HEIGHT, _BUTTON = 110, 130, 28
_EARLIER, _LATER = "Alt+Left", "Alt+Right"


class ReplyAllSheet(Sheet):
    """Writes the text and looks through the replies.

    Args:
        count: how many tickets there are.
        limit: that they are more than get a reply; empty where they are not.
        text: what the text begins with.

    Signals:
        changed: what is to be written (`Wording`).
        send_requested: the same, to be sent.
    """

    changed = Signal(object)
    send_requested = Signal(object)

    def __init__(self, count: int, limit: str, text: str, snippets: Sequence[Snippet], parent: QWidget) -> None:
        super().__init__("", parent, width=700, scrolls=True)
        self.set_title(self.tr("Reply to {tickets}").format(tickets=wording.tickets(count)))
        self.is_held = False
        self._own: dict[TicketKey, str] = {}
        self._left_out: set[TicketKey] = set()
        self._replies: tuple[PreviewedReply, ...] = ()
        self._at = 0
        if limit:
            self.body.addWidget(label(limit, tone=Tone.WAITING, wrap=True))
        if snippets:
            self.body.addWidget(self._canned(snippets))
        self._text = QPlainTextEdit(text)
        self._text.setObjectName("text for all")
        self._text.setAccessibleName(self.tr("Text for all"))
        self._text.setPlaceholderText(self.tr("Hello {name}, …"))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(_TEXT_HEIGHT)
        self._text.textChanged.connect(self._tell)
        help_text = self.tr("{name}, {full name}, {number} and {subject} become each ticket's own.")
        self.body.addWidget(self._text)
        self.body.addWidget(label(help_text, role=Role.SMALL, tone=Tone.PLAIN, wrap=True))
        self.body.addWidget(self._card())
        self._summary = label(role=Role.SMALL, tone=Tone.PLAIN, wrap=True)
        self.body.addWidget(self._summary)
        self.add_button(self.tr("Cancel"), self.reject)
        self._send = self.add_button("", lambda: self.send_requested.emit(self.wording), kind="primary")
        for editor in (self._text, self._preview):
            Composition(editor)
        for keys, by in ((_EARLIER, -1), (_LATER, 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self.step(by))
        self.set_replies(())
        self._text.setFocus()

    def _canned(self, snippets: Sequence[Snippet]) -> ChoiceBox:
        box = ChoiceBox()
        box.setAccessibleName(self.tr("Take a canned reply"))
        box.setMinimumHeight(32)
        box.addItem(self.tr("Take a canned reply…"), "")
        for one in snippets:
            box.addItem(" ".join(one.title.split()), one.text)
        box.activated.connect(lambda index: self._take(str(box.itemData(index))))
        return box

    def _take(self, text: str) -> None:
        if text:
            self._text.setPlainText(text)
            self._text.setFocus()

    def _card(self) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "card")
        self._earlier = IconButton("chevron-left", self.tr("Earlier ticket"), side=_BUTTON, keys=_EARLIER)
        self._later = IconButton("chevron-right", self.tr("Next ticket"), side=_BUTTON, keys=_LATER)
        self._earlier.clicked.connect(lambda: self.step(-1))
        self._later.clicked.connect(lambda: self.step(1))
        self._where = label(role=Role.SMALL, tone=Tone.PLAIN)
        self._who = ElidedLabel(role=Role.MEDIUM)
        head = QHBoxLayout()
        head.setSpacing(GAP_SMALL)
        head.addWidget(self._who, 1)
        head.addWidget(self._where)
        head.addWidget(self._earlier)
        head.addWidget(self._later)
        self._about = ElidedLabel(role=Role.SMALL)
        self._preview = QPlainTextEdit()
        self._preview.setObjectName("reply")
        self._preview.setTabChangesFocus(True)
        self._preview.setFixedHeight(_PREVIEW_HEIGHT)
        self._preview.textChanged.connect(self._edited)
        self._problem = label(role=Role.SMALL, tone=Tone.WRONG, wrap=True)
        self._draft = label(
            self.tr("A draft is there; it stays as it is."), role=Role.SMALL, tone=Tone.WAITING, wrap=True
        )
        self._leave = TickBox(self.tr("Leave this one out"))
        self._leave.toggled.connect(self._leave_out)
        self._same = PushButton(self.tr("As for all"))
        set_enter_presses(self._same, presses=False)
        self._same.clicked.connect(self._make_same)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self._leave, 1)
        foot.addWidget(self._same)
        column = QVBoxLayout(card)
        column.setSpacing(GAP_SMALL)
        column.addLayout(head)
        for part in (self._about, self._preview, self._problem, self._draft):
            column.addWidget(part)
        column.addLayout(foot)
        return card

    # --- what it says ---

    @property
    def wording(self) -> Wording:
        """What is to be written."""
        return Wording(self._text.toPlainText(), dict(self._own), frozenset(self._left_out))

    @property
    def current(self) -> PreviewedReply | None:
        """The ticket that is looked at."""
        return self._replies[self._at] if self._at < len(self._replies) else None

    @property
    def going(self) -> int:
        """How many replies would be sent."""
        return sum(not one.problem for one in self._replies)

    def set_replies(self, replies: Sequence[PreviewedReply]) -> None:
        """Show what each ticket would get; the one that is looked at stays."""
        looked_at = self.current
        self._replies = tuple(replies)
        keys = [one.key for one in self._replies]
        if looked_at is not None and looked_at.key in keys:
            self._at = keys.index(looked_at.key)
        self._at = min(self._at, max(0, len(keys) - 1))
        self._show()
        going = self.going
        text = self.tr("Send 1 reply…") if going == 1 else self.tr("Send {count} replies…").format(count=going)
        self._send.setText(text)
        self._send.setEnabled(going > 0)
        self._summary.setText("\n".join(self._lines()))
        self.refit()

    def _lines(self) -> list[str]:
        """Return what happens per account, and why tickets get none."""
        counts: dict[tuple[str, str], int] = {}
        for one in self._replies:
            counts[one.account, one.problem] = counts.get((one.account, one.problem), 0) + 1
        sent = [
            self.tr("{account}: {tickets} answered").format(account=account, tickets=wording.tickets(count))
            for (account, problem), count in counts.items()
            if not problem
        ]
        left = [
            self.tr("{account}: {tickets} get none. {why}").format(
                account=account, tickets=wording.tickets(count), why=problem
            )
            for (account, problem), count in counts.items()
            if problem
        ]
        return [*sent, *left]

    def step(self, by: int) -> None:
        """Look at the next ticket, or the one before."""
        to = min(max(self._at + by, 0), max(0, len(self._replies) - 1))
        if to != self._at:
            self._at = to
            self._show()
            self.announce(self._who.text())

    def _show(self) -> None:
        one = self.current
        count = len(self._replies)
        self._where.setText(self.tr("{number} of {count}").format(number=self._at + 1, count=count) if count else "")
        self._earlier.setEnabled(self._at > 0)
        self._later.setEnabled(self._at + 1 < count)
        self._who.setText(one.to or self.tr("No customer") if one is not None else "")
        about = "" if one is None else self.tr("{subject} · {account}, {vendor}")
        self._about.setText(
            "" if one is None else about.format(subject=one.subject, account=one.account, vendor=one.vendor)
        )
        text = "" if one is None else one.text
        if self._preview.toPlainText() != text:
            with QSignalBlocker(self._preview):
                self._preview.setPlainText(text)
        name = self.tr("Reply to {name}").format(name=one.to) if one is not None else self.tr("Reply")
        self._preview.setAccessibleName(name)
        with QSignalBlocker(self._leave):
            self._leave.setChecked(one is not None and one.key in self._left_out)
        problem = one.problem if one is not None and one.problem != LEFT_OUT else ""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._draft.setVisible(one is not None and one.has_draft)
        self._same.setVisible(one is not None and one.is_own)
        self._preview.setEnabled(one is not None)
        self._leave.setEnabled(one is not None)

    # --- what is done ---

    def _edited(self) -> None:
        if (one := self.current) is not None:
            self._own[one.key] = self._preview.toPlainText()
            self._same.show()
            self._tell()

    def _make_same(self) -> None:
        if (one := self.current) is not None:
            self._own.pop(one.key, None)
            self._tell()

    def _leave_out(self, out: bool) -> None:
        if (one := self.current) is not None:
            (self._left_out.add if out else self._left_out.discard)(one.key)
            self._tell()

    def hold(self) -> None:
        """Offer to send no more: the texts are on their way into the outbox."""
        self.is_held = True
        self._send.setEnabled(False)

    def _tell(self) -> None:
        self.is_held = False
        self.changed.emit(self.wording)

    @override
    def reject(self) -> None:
        finish_composition()
        super().reject()
