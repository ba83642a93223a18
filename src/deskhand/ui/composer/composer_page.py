"""One of the two drafts: its notice, recipients, text, files and tools. Reply and note are two of these, never one that changes."""

from dataclasses import replace

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.capabilities import BodyFormat, StateChoice
from deskhand.domain.going_on import GoOn
from deskhand.domain.threads import CC_BY_HAND, CC_TYPED, Draft, with_extra
from deskhand.ui.actions.keymap import IN_FORCE, show_keys
from deskhand.ui.actions.reply_box_actions import ATTACH, SNIPPETS
from deskhand.ui.composer.attachment_bar import AttachmentBar
from deskhand.ui.composer.composer_state import NOTE, REPLY, ComposerState, NoteKind
from deskhand.ui.composer.composition import finish_composition
from deskhand.ui.composer.formatting_bar import CannedButton, FormattingBar, set_button_possible, tool
from deskhand.ui.composer.insert_link_dialog import InsertLinkDialog
from deskhand.ui.composer.message_edit import MessageEdit
from deskhand.ui.composer.recipients import Recipients
from deskhand.ui.composer.send_button import SendButton
from deskhand.ui.kit.account_mark import AccountMarkView
from deskhand.ui.kit.banner import Banner
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.margins import set_margins
from deskhand.ui.kit.quiet_tip import name_and_keys
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone

_NEAR_LIMIT = 0.8
_TWO_LINES = 420  # below this width the tools stand above the button that sends


class ComposerPage(QWidget):
    """An editor with everything that belongs to its draft.

    Signals:
        changed: text, recipients or files, by the agent.
        send_requested: as `SendButton.sent`; the question about what is still to fill in comes before.
        unfilled: what is still to fill in; sending waits for the agent.
        files_chosen: paths.
        data_pasted: name, MIME type, bytes.
        snippets_requested: the agent asks for a canned reply.
    """

    changed = Signal()
    send_requested = Signal(object, object)
    unfilled = Signal(object)
    files_chosen = Signal(list)
    data_pasted = Signal(str, str, QByteArray)
    snippets_requested = Signal()

    edit: MessageEdit

    def __init__(self, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = kind
        self._state = ComposerState()
        self._draft = Draft(kind, "")
        self._setting = False
        self._pending: tuple[StateChoice | None, GoOn | None] = (None, None)
        self._possible, self._reason = True, ""
        reply = kind == REPLY
        self.notice = Banner(self)  # in the order in which Tab goes through them
        self.question = Banner(self)
        self._people = Recipients(self)
        self.cc = self._people.cc
        self.edit = MessageEdit(
            "Reply" if reply else "Note", self.tr("Write a reply") if reply else self.tr("Write a note"), self
        )
        self.files = AttachmentBar(self)
        self.formatting = FormattingBar(self.edit, self)
        self.attach = tool(self, ATTACH, self.choose_files)
        self.snippets = CannedButton(SNIPPETS.title, self)
        self._count = label("", self, role=Role.SMALL, tone=Tone.PLAIN)
        self._mark = AccountMarkView(self, size=16)
        self._as = ElidedLabel("", self, role=Role.SMALL)
        self._as.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.send = SendButton(self)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)

    def _lay_out(self) -> None:
        self.snippets.setProperty("kind", "quiet")
        show_keys(self.snippets, lambda: name_and_keys(self.snippets, SNIPPETS.title, IN_FORCE.first_key(SNIPPETS)))
        self.snippets.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.snippets.setFont(label(role=Role.SMALL).font())
        self.snippets.setStyleSheet("QPushButton { padding: 3px 6px; }")
        self._people.setVisible(self.kind == REPLY)
        left, right = QHBoxLayout(), QHBoxLayout()
        left.setSpacing(2)
        for one in (self.formatting, self.attach, self.snippets):
            left.addWidget(one)
        left.addStretch(1)
        right.addStretch(1)
        right.setSpacing(4)
        for beside in (self._mark, self._as):
            right.addWidget(beside)
        right.addWidget(self.send)
        self._tools = tools = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        tools.setSpacing(4)
        tools.addLayout(left)
        tools.addLayout(right, 1)
        self._column = column = QVBoxLayout(self)
        set_margins(column, GAP, 10, GAP_SMALL, GAP_SMALL)
        column.setSpacing(6)
        for part in (self.notice, self.question, self._people):
            column.addWidget(part)
        column.addWidget(self.edit, 1)
        column.addWidget(self.files)
        column.addWidget(self._count, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(tools)

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._typed)
        self.edit.composition.changed.connect(self._fit_send)
        self.cc.changed.connect(self._copies_changed)
        self.files.changed.connect(self._typed)
        self.edit.files_dropped.connect(self._attach_files)
        self.edit.data_pasted.connect(self._attach_data)
        self.edit.slash_typed.connect(self.snippets_requested)
        self.snippets.clicked.connect(self.snippets_requested)
        self.formatting.link_requested.connect(self.ask_link)
        self.send.sent.connect(self.try_send)
        self.question.acted.connect(self._send_anyway)
        self.notice.dismissed.connect(self._show_state_notice)

    def needed_height(self, width: int, *, text: int) -> int:
        """Return the height at a width, with so much for the text."""
        column, edge = self._column, self._column.contentsMargins()
        inner = width - edge.left() - edge.right()
        heights = []
        for place in range(column.count()):
            item = column.itemAt(place)
            if item is None or item.isEmpty():
                continue
            if item.widget() is self.edit:
                heights.append(text)
            else:
                heights.append(item.heightForWidth(inner) if item.hasHeightForWidth() else item.sizeHint().height())
        return edge.top() + edge.bottom() + sum(heights) + column.spacing() * max(0, len(heights) - 1)

    # --- what is known ---

    def set_state(self, state: ComposerState) -> None:
        """Fit to an account; the text is not touched."""
        if state == self._state:
            return
        self._state = state
        reply = self.kind == REPLY
        takes_html = (state.format if reply else state.note_format) is BodyFormat.HTML and not self._is_local
        if self.edit.allow_formatting(takes_html) and self._draft.html:
            self.set_draft(self.draft_with_format())
        plain = (
            self.tr("A note on this computer is plain text.")
            if self._is_local
            else self.tr("{vendor} takes plain text only.")
        )
        self.formatting.set_possible(takes_html, plain.format(vendor=state.vendor))
        self._people.set_to(state.to or self.tr("the customer"), can_cc=state.can_cc)
        self.cc.set_before(state.cc_before)
        set_button_possible(self.attach, self._can_attach, self._attach_reason)
        account = state.account_label
        self._as.setText(account)
        self._mark.set_mark(state.mark)
        for part in (self._as, self._mark):
            part.setVisible(not self._is_local)
        self.edit.setReadOnly(reply and not state.can_reply)
        if reply:
            spoken = self.tr("as {account}, to {to}").format(account=account, to=state.to)
            self.send.set_text(self.tr("Send"), state.states, spoken, go_on=state.go_on)
        elif self._is_local:
            self.send.set_text(self.tr("Keep note"), (), self.tr("stays on this computer"))
        else:
            spoken = self.tr("for colleagues in {account}").format(account=account)
            self.send.set_text(self.tr("Add note"), state.states, spoken)
        self._show_state_notice()
        self._fit_send()
        self._fit_tools()

    def _fit_tools(self) -> None:
        """The account's name is cut last: who answers matters more than the whole word on a button."""
        edge, parts = self._column.contentsMargins(), (self.formatting, self.attach, self._mark, self._as, self.send)
        taken = sum(4 + part.sizeHint().width() for part in parts if not part.isHidden())
        room = self.width() - edge.left() - edge.right() - taken - 4
        for words in (self.tr("Canned reply"), self.tr("Canned"), ""):  # at last its key alone
            self.snippets.setText(words)
            if self.snippets.sizeHint().width() <= room:
                break

    @property
    def _is_local(self) -> bool:
        return self.kind == NOTE and self._state.note_kind is NoteKind.LOCAL

    @property
    def _can_attach(self) -> bool:
        return self._state.can_attach and not self._is_local and not self.edit.isReadOnly()

    @property
    def _attach_reason(self) -> str:
        return self.tr("A note on this computer keeps text only.") if self._is_local else self._state.attach_reason

    def _show_state_notice(self) -> None:
        if self.kind == REPLY and not self._state.can_reply:
            self.notice.show_notice(self._state.reply_reason)
        elif self.kind == REPLY and self._state.notice:
            self.notice.show_notice(self._state.notice)
        elif self.kind == NOTE and not self._state.can_reply and self._state.reply_reason:
            self.notice.show_notice(self._state.reply_reason)
        else:
            self.notice.clear()

    def show_notice(self, message: str, tone: Tone = Tone.WAITING) -> None:
        """Say something that the agent may put away; empty = what is always said."""
        if message:
            self.notice.show_notice(message, tone, closable=True)
        else:
            self._show_state_notice()

    def set_possible(self, possible: bool, reason: str) -> None:
        """Let nothing be sent for now, and say why."""
        self._possible, self._reason = possible, reason
        self._fit_send()

    @property
    def possible(self) -> tuple[bool, str]:
        """What `set_possible` said."""
        return self._possible, self._reason

    # --- the draft ---

    def begin(self) -> None:
        """Another ticket is written to from now on: nothing that was typed, asked or said for the one before stays."""
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self._setting = True
        self.edit.reset()
        self._setting = False
        self.set_draft(Draft(self.kind, ""))
        self._pending = (None, None)
        self._show_state_notice()

    def set_draft(self, draft: Draft) -> None:
        """Show a draft, exactly as it was left."""
        self._setting = True
        self._draft = draft
        self.edit.set_content(draft.text, draft.html, draft.cursor)
        self.cc.set_addresses(draft.cc)
        self.cc.set_half_typed(draft.extra.get(CC_TYPED, ""))
        self.files.set_files(draft.files)
        self._setting = False
        self.question.clear()
        self._fit_send()

    def draft(self) -> Draft:
        """Return what is typed now."""
        edit = self.edit
        return replace(
            self._draft,
            text=edit.text(),
            html=edit.html(),
            cc=self.cc.addresses,
            files=self.files.files,
            cursor=edit.caret(),
            extra=with_extra(self._draft.extra, CC_TYPED, self.cc.half_typed),
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost with this draft; asked at every key, so the formatting is not looked at."""
        return not (self.files.files or self.edit.raw_text().strip() or self.edit.composition.text.strip())

    def draft_with_format(self) -> Draft:
        """Return what is typed, with the formatting that the stored draft had where its text is still the same."""
        typed = self.draft()
        same = self.edit.raw_text() == self._draft.text or typed.text == self._draft.text
        return replace(typed, html=self._draft.html) if same else typed

    def _copies_changed(self) -> None:
        if not self._setting and self.cc.addresses != self._draft.cc:
            by_hand = "" if self.cc.addresses == self._state.cc_before else "yes"
            extra = with_extra(self._draft.extra, CC_BY_HAND, by_hand)
            self._draft = replace(self._draft, cc=self.cc.addresses, extra=extra)
        self._typed()

    def _typed(self) -> None:
        if self._setting:
            return
        if self.question.text and not self.edit.placeholders():
            self.question.clear()
        self._fit_send()
        self.changed.emit()

    def _fit_send(self) -> None:
        limit = self._state.max_chars
        near = limit is not None and len(self.edit.raw_text()) > limit * _NEAR_LIMIT
        length = len(self.edit.text()) if near else 0
        over = limit is not None and length > limit
        if limit is not None and near:
            counted = self.tr("{count} of {limit} characters")
            self._count.setText(
                counted.format(count=self.locale().toString(length), limit=self.locale().toString(limit))
            )
            self._count.set_tone(Tone.WRONG if over else Tone.PLAIN)
        self._count.setVisible(near)
        reason = self._reason
        if self.kind == REPLY and not self._state.can_reply:
            reason = self._state.reply_reason
        elif over:
            reason = self.tr("This is longer than one message may be.")
        elif self.is_empty and self._possible:
            reason = self.tr("There is nothing to send yet.")
        self.send.set_possible(self._possible and not reason, reason)

    # --- doing ---

    def try_send(self, then: StateChoice | None, go_on: GoOn | None = None) -> None:
        """Send, unless something is still to fill in: then one question comes first."""
        finish_composition()
        if not self.send.is_possible:
            return
        if not self.cc.add_typed():
            self.cc.setFocus()
            return
        missing = self.edit.placeholders()
        if not missing:
            self.question.clear()
            self.send_requested.emit(then, go_on)
            return
        self._pending = (then, go_on)
        question = self.tr("Still to fill in: {gaps}. Send it as it is?").format(gaps=", ".join(missing))
        self.question.show_notice(question, Tone.WAITING, action=self.tr("Send anyway"), closable=True)
        self.edit.select_placeholder()
        self.unfilled.emit(missing)

    def _send_anyway(self) -> None:
        self.question.clear()
        self.send_requested.emit(*self._pending)

    def choose_files(self) -> None:
        """Ask for files."""
        if not self._can_attach:
            return
        dialog = QFileDialog(self, self.tr("Attach files"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._attach_files)
        dialog.open()

    def ask_link(self) -> None:
        """Ask for the address of a link."""
        if not self.edit.takes_formatting:
            return
        dialog = InsertLinkDialog(self.edit.textCursor().selectedText(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.submitted.connect(self.edit.insert_link)
        dialog.finished.connect(lambda _result: self.edit.setFocus())
        dialog.open()

    def _attach_files(self, paths: list[str]) -> None:
        if self._can_attach:
            self.files_chosen.emit(paths)
        else:
            self.show_notice(self._attach_reason)

    def _attach_data(self, name: str, mime: str, data: QByteArray) -> None:
        if self._can_attach:
            self.data_pasted.emit(name, mime, data)
        else:
            self.show_notice(self._attach_reason)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tools()
        across = QBoxLayout.Direction.LeftToRight
        wanted = across if event.size().width() >= _TWO_LINES else QBoxLayout.Direction.TopToBottom
        if self._tools.direction() != wanted:
            self._tools.setDirection(wanted)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self._attach_files(paths)
