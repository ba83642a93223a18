"""The reply box: who answers as whom, two drafts that never mix, and what cannot be done said where it would be done."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from deskhand.domain.threads import Draft, OutgoingFile
from deskhand.services.settings import Snippet
from deskhand.ui.actions.reply_box_actions import REPLY_BOX
from deskhand.ui.actions.shortcuts import PartShortcuts
from deskhand.ui.composer.composer_box import ComposerBox
from deskhand.ui.composer.composer_head import ComposerHead
from deskhand.ui.composer.composer_line import ComposerLine
from deskhand.ui.composer.composer_page import ComposerPage
from deskhand.ui.composer.composer_state import NOTE, REPLY, ComposerState, NoteKind
from deskhand.ui.composer.composer_tabs import KINDS
from deskhand.ui.composer.snippet_popup import SnippetPopup
from deskhand.ui.kit.theme import GAP, GAP_LARGE, Tone

__all__ = ["NOTE", "REPLY", "Composer", "ComposerState", "NoteKind"]


_NARROWEST = 320
"""A window of 1,000 px leaves so much; the tools then stand above the button that sends."""

_OPENED = 14.75
"""How many lines of the font the open box is high at first: 236 of 16 pixels."""


class Composer(QWidget):
    """Reply and note.

    Signals:
        draft_changed: `reply` or `note`: something in that draft was changed by the agent.
        send_requested: kind, the `StateChoice` to set after it or None, and what comes after it for once (GoOn), None = as set.
        discard_requested: kind: what is typed is to go.
        unfilled: kind, and what is still to fill in: sending waits for "Send anyway".
        attach_files: paths, kind.
        attach_data: name, MIME type, bytes, kind.
        snippet_requested: the chosen `Snippet`, kind; its filled text comes back through `insert_text`.
        copy_cancelled: the agent does not wait for a file any more: the name of its copy.
        kind_chosen: the agent went to the other draft.
        left: the agent folded it, and goes on reading.
        height_wanted: it needs another height: it was folded to its line, opened, or what is in it grew.
    """

    draft_changed = Signal(str)
    send_requested = Signal(str, object, object)
    discard_requested = Signal(str)
    unfilled = Signal(str, object)
    attach_files = Signal(list, str)
    attach_data = Signal(str, str, bytes, str)
    snippet_requested = Signal(object, str)
    copy_cancelled = Signal(str)
    kind_chosen = Signal(str)
    height_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Reply box"))
        self._state = ComposerState()
        self._line = ComposerLine(self)
        self._head = ComposerHead(self)
        self._tabs = self._head.tabs
        self._box = ComposerBox(self)
        self._pages = {kind: ComposerPage(kind, self._box) for kind in KINDS}
        for page in self._pages.values():
            self._box.addWidget(page)
        self._popup = SnippetPopup(self)
        self._copying = False
        self._saved: frozenset[str] = frozenset()
        self._forced = False
        self._is_low = self._is_used = self._is_put_away = self._is_inside = False
        self._said: set[str] = set()
        self._wanted = 0
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self._show_kind()
        self._box.hide()
        self._head.hide()

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(GAP_LARGE - 2, 8, GAP_LARGE - 2, GAP - 2)
        column.setSpacing(4)
        column.addWidget(self._line)
        column.addWidget(self._head)
        column.addWidget(self._box, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def _connect(self) -> None:
        self._line.reply_requested.connect(lambda: self.choose(REPLY))
        self._line.note_requested.connect(lambda: self.choose(NOTE))
        self._head.fold.clicked.connect(self._fold_away)
        self._tabs.kind_chosen.connect(self._switched)
        self._tabs.tabBarClicked.connect(self._tab_clicked, Qt.ConnectionType.QueuedConnection)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        self._popup.chosen.connect(lambda snippet: self.snippet_requested.emit(snippet, self.kind))
        for kind, page in self._pages.items():
            self._connect_page(kind, page)
        PartShortcuts(self, REPLY_BOX, self)

    def _connect_page(self, kind: str, page: ComposerPage) -> None:
        page.changed.connect(lambda: self._changed(kind))
        page.send_requested.connect(lambda then, go_on: self.send_requested.emit(kind, then, go_on))
        page.unfilled.connect(lambda missing: self.unfilled.emit(kind, missing))
        page.files.copy_cancelled.connect(self.copy_cancelled)
        page.files_chosen.connect(lambda paths: self.attach_files.emit(paths, kind))
        page.data_pasted.connect(lambda name, mime, data: self._pasted(name, mime, data, kind))
        page.snippets_requested.connect(self.open_snippets)
        page.notice.dismissed.connect(lambda: self._said.discard(kind))

    # --- told ---

    def set_state(self, state: ComposerState) -> None:
        """Fit to the ticket's account. Neither draft is touched; which one is shown changes only where it has to."""
        if state == self._state:
            return
        self._state = state
        self._line.set_state(state)
        for page in self._pages.values():
            page.set_state(state)
        # A reply that was typed before it became impossible can still be read and copied.
        kept = not self._pages[REPLY].is_empty
        impossible = not (state.can_reply or kept)
        was_reply = self.kind == REPLY
        self._tabs.set_possible(REPLY, not impossible, state.reply_reason)
        if impossible:
            self._forced = self._forced or was_reply
            self._tabs.choose(NOTE)
        elif self._forced:
            # The note was not the agent's choice: the next ticket begins with the reply again.
            self._forced = False
            self._tabs.choose(REPLY)
        self._show_kind()

    def begin(self) -> None:
        """Another ticket is written to from now on: nothing that was typed, asked or said for the one before stays."""
        self._popup.close()
        for menu in self.findChildren(QMenu):
            menu.close()
        for kind, page in self._pages.items():
            page.begin()
            self._tabs.set_has_draft(kind, has=False)
            self.set_copies(kind, {})
        self.set_saved(())
        self._said.clear()
        self._is_used = self._is_put_away = False
        self._fit_fold()

    def set_draft(self, kind: str, draft: Draft) -> None:
        """Show a draft exactly: text, formatting, caret, copies, files. What equals what is there already is left alone."""
        self._pages[kind].set_draft(draft)
        self._tabs.set_has_draft(kind, not draft.is_empty)
        self._fit_fold()
        if kind == REPLY and not self._state.can_reply:
            self._tabs.set_possible(REPLY, not draft.is_empty, self._state.reply_reason)

    def show_written(self) -> None:
        """Show the only one of the two in which something is written, so that it does not seem lost."""
        written = [kind for kind, page in self._pages.items() if not page.is_empty]
        if len(written) == 1:
            self._tabs.choose(written[0])

    def entry(self) -> QWidget:
        """Return the text that is written, in view, for the keyboard when it comes to this pane."""
        self._open()
        return self.page.edit

    def set_saved(self, kinds: Iterable[str]) -> None:
        """Say of which kinds there is a draft that is on disk as it stands here."""
        self._saved = frozenset(kinds)
        self._show_saved()

    def _show_saved(self) -> None:
        self._head.show_saved(self.kind in self._saved)

    def set_snippets(self, snippets: Sequence[Snippet]) -> None:
        """Offer these canned replies."""
        self._popup.set_snippets(snippets)

    def set_copies(self, kind: str, copies: Mapping[str, str]) -> None:
        """Say which files of a draft are still being copied, by the names of their copies: it is not sent without them."""
        page = self._pages[kind]
        page.files.set_copies(copies)
        self._copying = bool(copies)
        self._fit_fold()
        page.set_possible(not copies, self.tr("A file is still being copied.") if copies else "")

    def add_file(self, kind: str, file: OutgoingFile) -> None:
        """Add a file that is now in our own store; the text and the caret stay."""
        page = self._pages[kind]
        page.files.set_files((*page.files.files, file))
        self._changed(kind)
        page.set_possible(*page.possible)

    def insert_text(self, kind: str, text: str) -> None:
        """Put a canned reply in at the caret; the first thing to fill in is marked."""
        self._pages[kind].edit.insert_snippet(text)

    def show_notice(self, kind: str, message: str, tone: Tone = Tone.WAITING) -> None:
        """Say in the box what went wrong, in one sentence; empty takes it away."""
        self._pages[kind].show_notice(message, tone)
        (self._said.add if message else self._said.discard)(kind)
        self._fit_fold()

    def choose(self, kind: str) -> None:
        """Show one of the two, and give it the keyboard."""
        self._tabs.choose(kind)
        self.focus_text()

    def focus_text(self) -> None:
        """Give the keyboard to the text that is shown."""
        self._open()
        self.page.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tab_clicked(self, _index: int) -> None:
        self.focus_text()  # what is typed next is meant for it, and no command

    # --- one line, or all of it ---

    @property
    def is_folded(self) -> bool:
        """Whether it is one line."""
        return self._box.isHidden()

    @property
    def folded_height(self) -> int:
        """How high that line is with what is around it."""
        edge = self._column.contentsMargins()
        return edge.top() + self._line.sizeHint().height() + edge.bottom()

    def wanted_height(self) -> int:
        """Return how high it would like to be while it is open: as drawn, or as its text needs."""
        drawn = round(_OPENED * self.fontMetrics().height())
        return max(drawn, self._needed(self.page.edit.sizeHint().height()))

    def set_low(self, low: bool) -> None:
        """Say whether there is room for what is read or for what is written only: then the text shows while it has the keyboard."""
        if low != self._is_low:
            self._is_low = low
            self._fit_fold()

    def _open(self) -> None:
        self._is_used, self._is_put_away = True, False
        self._fold(folded=False)

    def _fold_away(self) -> None:
        """Show one line until it is used again, whatever stands in it."""
        self._is_put_away, self._is_used = True, False
        self.left.emit()
        self._fit_fold()

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or new.window() is not self.window():
            return  # a list of it is open, or another window has the keyboard: it comes back
        self._is_inside = self._box.isAncestorOf(new) or self._head.isAncestorOf(new)
        if self._is_inside:
            self._is_used, self._is_put_away = True, False
        elif QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._is_used = False  # by a key: where the mouse was pressed nothing moves under it
        self._fit_fold()

    def _fit_fold(self) -> None:
        if self._is_low:
            folded = not self._is_inside
        else:
            folded = self._is_put_away or not (self._is_used or self._holds_something)
        self._fold(folded=folded)

    @property
    def _holds_something(self) -> bool:
        """Whether something was typed, attached or said that must not be out of sight."""
        if self._said or self._copying:
            return True
        return any(page.question.text or not page.draft().is_untouched for page in self._pages.values())

    def _fold(self, *, folded: bool) -> None:
        if folded:
            written = [page.edit.raw_text() for page in self._pages.values() if not page.is_empty]
            self._line.set_begun(written[0] or self.tr("a file") if written else "")
        if folded != self._box.isHidden():
            self._line.setVisible(folded)
            self._head.setHidden(folded)
            self._box.setHidden(folded)
            self._fit_height(changed=True)

    def _fit_height(self, *, changed: bool = False) -> None:
        """Tell when it needs another height."""
        wanted = self.folded_height if self.is_folded else self.wanted_height()
        if changed or wanted != self._wanted:
            self._wanted = wanted
            self.updateGeometry()
            self.height_wanted.emit()

    # --- asked ---

    @property
    def kind(self) -> str:
        """Which draft is shown."""
        return self._tabs.kind

    def draft(self, kind: str) -> Draft:
        """Return a draft as it is typed now."""
        return self._pages[kind].draft()

    def is_composed(self, kind: str) -> bool:
        """Whether an input method has begun something in a draft that is no part of it yet."""
        return bool(self._pages[kind].edit.composition.text)

    @property
    def page(self) -> ComposerPage:
        """The page of the draft that is shown."""
        return self._pages[self.kind]

    # --- done by the agent ---

    def switch(self) -> None:
        """Go to the other draft."""
        self.choose(NOTE if self.kind == REPLY else REPLY)

    def discard(self) -> None:
        """Give up what is typed in the draft that is shown."""
        self.discard_requested.emit(self.kind)

    def send_and_close(self) -> None:
        """Send what is shown and close the ticket, where that is possible; else send only after saying so."""
        closing = self._state.closing
        if closing is None or (self.kind == NOTE and self._state.note_kind is NoteKind.LOCAL):
            self.page.show_notice(self.tr("This ticket cannot be closed from here. Nothing was sent."))
            return
        self.page.try_send(closing)

    def open_snippets(self) -> None:
        """Show the canned replies."""
        self._popup.open_at(self.page.snippets, above=True)

    def _changed(self, kind: str) -> None:
        self._fit_fold()
        self._tabs.set_has_draft(kind, not self._pages[kind].is_empty)
        self.draft_changed.emit(kind)

    def _pasted(self, name: str, mime: str, data: QByteArray, kind: str) -> None:
        self.attach_data.emit(name, mime, data.data(), kind)

    def _switched(self, kind: str) -> None:
        self._show_kind()
        self.kind_chosen.emit(kind)

    def _show_kind(self) -> None:
        self._box.setCurrentIndex(KINDS.index(self.kind))
        self._box.update()
        self.updateGeometry()
        self._head.show_kind(self._state)
        self._show_saved()

    @override
    def minimumSizeHint(self) -> QSize:
        # A splitter asks for no height for a width: what is shown has to fit into what it is told here.
        return QSize(
            min(super().minimumSizeHint().width(), _NARROWEST), self._needed(self.page.edit.minimumSizeHint().height())
        )

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._needed(self.page.edit.sizeHint().height()))

    def _needed(self, text: int) -> int:
        edge, box = self._column.contentsMargins(), self._box.contentsMargins()
        if self._box.isHidden():
            return self.folded_height
        width = max(self.width(), 240) - edge.left() - edge.right() - box.left() - box.right()
        page = self.page.needed_height(width, text=text) + box.top() + box.bottom()
        return edge.top() + self._head.sizeHint().height() + self._column.spacing() + page + edge.bottom()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit_height()
        return super().event(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # What is dragged over the line is meant for the text behind it.
        if self.is_folded and any(url.isLocalFile() for url in event.mimeData().urls()):
            self._open()
        super().dragEnterEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
