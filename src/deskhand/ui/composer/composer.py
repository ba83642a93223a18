"""The reply box: who answers as whom, two drafts that never mix, and what cannot be done said where it would be done."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from deskhand.domain.threads import Draft, OutgoingFile
from deskhand.services.settings import Snippet
from deskhand.ui.actions.reply_box_actions import REPLY_BOX
from deskhand.ui.actions.shortcuts import bind_within
from deskhand.ui.composer.composer_page import ComposerPage
from deskhand.ui.composer.composer_state import NOTE, REPLY, ComposerState, NoteKind
from deskhand.ui.composer.composer_tabs import KINDS, ComposerTabs
from deskhand.ui.composer.snippet_popup import SnippetPopup
from deskhand.ui.kit.elided_label import ElidedLabel
from deskhand.ui.kit.labels import Role
from deskhand.ui.kit.theme import GAP, GAP_LARGE, GAP_SMALL, RADIUS_CARD, Tone, theme_of

__all__ = ["NOTE", "REPLY", "Composer", "ComposerState", "NoteKind"]


_NARROWEST = 320
"""A window of 1,000 px leaves so much; the tools then stand above the button that sends."""

_TALLEST = 16_777_215
"""Qt's own limit of a height: none."""

_WIDE = 420


class _Box(QStackedWidget):
    """The frame around both pages: blue while a reply is written, amber for a note, doubled where the keyboard is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContentsMargins(2, 2, 2, 2)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self._inside = False

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        inside = new is not None and self.isAncestorOf(new)
        if inside != self._inside:
            self._inside = inside
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self.palette())
        amber = self.currentIndex() == KINDS.index(NOTE)
        ring = theme.note_line if amber else theme.accent if self._inside else theme.line
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
            if self._inside:
                halo = QColor(theme.waiting if amber else theme.accent)
                halo.setAlpha(60)
                painter.setPen(QPen(halo, 3))
                painter.drawRoundedRect(area, RADIUS_CARD, RADIUS_CARD)
            pen = QPen(QColor(theme.waiting if amber and self._inside else ring), 1)
            if amber:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(QColor(theme.note if amber else theme.background))
            painter.drawRoundedRect(area, RADIUS_CARD, RADIUS_CARD)


class Composer(QWidget):
    """Reply and note.

    Signals:
        draft_changed: `reply` or `note`: something in that draft was changed by the agent.
        send_wanted: kind, and the `StateChoice` to set after it or None.
        unfilled: kind, and what is still to fill in: sending waits for "Send anyway".
        attach_files: paths, kind.
        attach_data: name, MIME type, bytes, kind.
        snippet_wanted: the chosen `Snippet`, kind; its filled text comes back through `insert_text`.
        copy_cancelled: the agent does not wait for a file any more: the name of its copy.
        kind_chosen: the agent went to the other draft.
        folded: only its head is shown from now on, or all of it again.
    """

    draft_changed = Signal(str)
    send_requested = Signal(str, object)
    unfilled = Signal(str, object)
    attach_files = Signal(list, str)
    attach_data = Signal(str, str, bytes, str)
    snippet_requested = Signal(object, str)
    copy_cancelled = Signal(str)
    kind_chosen = Signal(str)
    folded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Reply box"))
        self._state = ComposerState()
        self._tabs = ComposerTabs(self)
        self._box = _Box(self)
        self._pages = {kind: ComposerPage(kind, self._box) for kind in KINDS}
        for page in self._pages.values():
            self._box.addWidget(page)
        self._before = ElidedLabel("", self, role=Role.SMALL, tone=Tone.PLAIN)
        self._before.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._name = ElidedLabel("", self, role=Role.SMALL)
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        bold = self._name.font()
        bold.setWeight(bold.Weight.DemiBold)
        self._name.setFont(bold)
        self._after = ElidedLabel("", self, role=Role.SMALL, tone=Tone.PLAIN)
        self._after.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._popup = SnippetPopup(self)
        self._saved: frozenset[str] = frozenset()
        self._forced = False
        self._is_low = False
        self._lay_out()
        self._connect()
        self._show_kind()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._tabs)
        head.addSpacing(GAP_SMALL)
        head.addWidget(self._before, 1)
        head.addSpacing(4)
        head.addWidget(self._name)
        head.addSpacing(4)
        head.addWidget(self._after)
        self._column = column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(GAP_LARGE - 2, 10, GAP_LARGE - 2, GAP - 2)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._box, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def _connect(self) -> None:
        self._tabs.kind_chosen.connect(self._switched)
        self._tabs.tabBarClicked.connect(self._tab_clicked, Qt.ConnectionType.QueuedConnection)
        QApplication.instance().focusChanged.connect(self._follow_focus)  # type: ignore[union-attr]
        self._popup.chosen.connect(lambda snippet: self.snippet_requested.emit(snippet, self.kind))
        for kind, page in self._pages.items():
            self._connect_page(kind, page)
        bind_within(self, REPLY_BOX, self)

    def _connect_page(self, kind: str, page: ComposerPage) -> None:
        page.changed.connect(lambda: self._changed(kind))
        page.send_requested.connect(lambda then: self.send_requested.emit(kind, then))
        page.unfilled.connect(lambda missing: self.unfilled.emit(kind, missing))
        page.files.copy_cancelled.connect(self.copy_cancelled)
        page.files_chosen.connect(lambda paths: self.attach_files.emit(paths, kind))
        page.data_pasted.connect(lambda name, mime, data: self._pasted(name, mime, data, kind))
        page.snippets_requested.connect(self.open_snippets)

    # --- told ---

    def set_state(self, state: ComposerState) -> None:
        """Fit to the ticket's account. Neither draft is touched; which one is shown changes only where it has to."""
        if state == self._state:
            return
        self._state = state
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

    def set_draft(self, kind: str, draft: Draft) -> None:
        """Show a draft exactly: text, formatting, caret, copies, files. What equals what is there already is left alone."""
        self._pages[kind].set_draft(draft)
        self._tabs.set_has_draft(kind, not draft.is_empty)
        if kind == REPLY and not self._state.can_reply:
            self._tabs.set_possible(REPLY, not draft.is_empty, self._state.reply_reason)

    def show_written(self) -> None:
        """Show the only one of the two in which something is written, so that it does not seem lost."""
        written = [kind for kind, page in self._pages.items() if not page.is_empty]
        if len(written) == 1:
            self._tabs.choose(written[0])

    def entry(self) -> QWidget:
        """Return the text that is written, in view, for the keyboard when it comes to this pane."""
        self._fold(folded=False)
        return self.page.edit

    def set_saved(self, kinds: Iterable[str]) -> None:
        """Say of which kinds there is a draft that is on disk as it stands here."""
        self._saved = frozenset(kinds)
        self._show_saved()

    def _show_saved(self) -> None:
        saved = self.kind in self._saved
        self._after.setText(self.tr("· draft saved") if saved else "")
        self._after.setVisible(saved)

    def set_snippets(self, snippets: Sequence[Snippet]) -> None:
        """Offer these canned replies."""
        self._popup.set_snippets(snippets)

    def set_copies(self, kind: str, copies: Mapping[str, str]) -> None:
        """Say which files of a draft are still being copied, by the names of their copies: it is not sent without them."""
        page = self._pages[kind]
        page.files.set_copies(copies)
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

    def choose(self, kind: str) -> None:
        """Show one of the two, and give it the keyboard."""
        self._tabs.choose(kind)
        self.focus_text()

    def focus_text(self) -> None:
        """Give the keyboard to the text that is shown."""
        self._fold(folded=False)
        self.page.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tab_clicked(self, _index: int) -> None:
        self.focus_text()  # what is typed next is meant for it, and no command

    def set_low(self, low: bool) -> None:
        """Say whether there is room for what is read or for what is written only: then the text shows while it has the keyboard."""
        if low != self._is_low:
            self._is_low = low
            self._follow_focus(None, QApplication.focusWidget())

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not self._is_low:
            self._fold(folded=False)
        elif new is not None and new.window() is self.window():
            self._fold(folded=not self.isAncestorOf(new))

    def _fold(self, *, folded: bool) -> None:
        if folded == self._box.isHidden():
            return
        self._box.setHidden(folded)
        self.setMaximumHeight(self._needed(0) if folded else _TALLEST)
        self.updateGeometry()
        self.folded.emit()

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
        self._tabs.set_has_draft(kind, not self._pages[kind].is_empty)
        self.draft_changed.emit(kind)

    def _pasted(self, name: str, mime: str, data: QByteArray, kind: str) -> None:
        self.attach_data.emit(name, mime, data.data(), kind)

    def _switched(self, kind: str) -> None:
        self._show_kind()
        self.kind_chosen.emit(kind)

    def _show_kind(self) -> None:
        state = self._state
        self._box.setCurrentIndex(KINDS.index(self.kind))
        self._box.update()
        self.updateGeometry()
        if self.kind == REPLY:
            before, name = self.tr("replying as"), state.account_label
        elif state.note_kind is NoteKind.REMOTE:
            before, name = self.tr("note for colleagues in"), state.account_label
        else:
            template = self.tr("on this computer, not sent to {vendor}")
            before, name = template.format(vendor=state.vendor), ""
        self._before.setText(before)
        self._fit_head()
        self._name.setText(name)
        self._name.setVisible(bool(name))
        self._show_saved()

    def _fit_head(self) -> None:
        # Where there is no room, the name says enough; a note's place is always said.
        self._before.setVisible(self.width() >= _WIDE or not self._state.account_label or self.kind == NOTE)

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
            return edge.top() + self._tabs.sizeHint().height() + edge.bottom()
        width = max(self.width(), 240) - edge.left() - edge.right() - box.left() - box.right()
        page = self.page.needed_height(width, text=text) + box.top() + box.bottom()
        return edge.top() + self._tabs.sizeHint().height() + self._column.spacing() + page + edge.bottom()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
