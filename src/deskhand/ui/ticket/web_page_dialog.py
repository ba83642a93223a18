"""Asks once where an account's tickets stand in the browser, and shows whose page opens before it does."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from deskhand.content.links import for_display
from deskhand.services.web_pages import NoPage, WebPage
from deskhand.ui.kit.form_field import FormField
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone


class WebPageDialog(Sheet):
    """Shows the host and the address; with a line for the pattern where the vendor tells no link.

    Args:
        account: its label.
        pattern: the one that is set; None = the vendor's own link is used, and there is nothing to set.
        page: what opens, by a pattern ("" = the vendor's own link); None = there is no ticket to open, the pattern alone is set.
        why_not: what is wrong with a pattern.

    Signals:
        chosen: the pattern, "" = none.
        opened: the WebPage that is wanted.
    """

    chosen = Signal(str)
    opened = Signal(object)

    def __init__(
        self,
        account: str,
        pattern: str | None,
        page: Callable[[str], WebPage | NoPage] | None,
        why_not: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Open the ticket's web page?"), parent, width=520, scrolls=True)
        self._page_of, self._why_not = page, why_not
        self._page: WebPage | None = None
        self._line: QLineEdit | None = None
        if pattern is not None:
            self.set_title(self.tr("Where the tickets of {account} stand on the web").format(account=account))
            self._line = QLineEdit(pattern)
            self._line.setPlaceholderText("https://…/{id}")
            said = self.tr(
                "The vendor tells no address, and Deskhand guesses none. Open a ticket in the browser, copy its address, and write {id} for its id or {number} for its number."
            )
            self.body.addWidget(FormField("pattern", self.tr("Address"), self._line, help_text=said))
            self._line.textChanged.connect(self._show)
        self._box = QFrame()
        self._box.setProperty("kind", "raised")
        inside = QVBoxLayout(self._box)
        inside.setContentsMargins(GAP, GAP_SMALL + 2, GAP, GAP_SMALL + 2)
        inside.setSpacing(3)
        self._host = label("", role=Role.TITLE, wrap=True, selectable=True)
        self._host.setObjectName("host")
        self._address = label("", role=Role.SMALL, tone=Tone.PLAIN, wrap=True, selectable=True)
        inside.addWidget(self._host)
        inside.addWidget(self._address)
        self._problem = label("", role=Role.SMALL, tone=Tone.WRONG, wrap=True)
        self.body.addWidget(self._problem)
        self.body.addWidget(self._box)
        self.add_button(self.tr("Cancel"), self.reject)
        caption = self.tr("Open in browser") if page is not None else self.tr("Save")
        self._go = self.add_button(caption, self._accept, kind="primary", default=True)
        self._show()
        (self._line or self._go).setFocus()

    def _show(self) -> None:
        """Show what would open, or what is wrong."""
        typed = self._line.text().strip() if self._line is not None else ""
        why = self._why_not(typed) if self._line is not None and typed else ""
        found = (
            self._page_of(typed) if self._page_of is not None and not why and (typed or self._line is None) else None
        )
        self._page = found if isinstance(found, WebPage) else None
        if isinstance(found, NoPage):
            why = found.reason
        self._problem.setText(why)
        self._problem.setVisible(bool(why))
        self._box.setVisible(self._page is not None)
        if self._page is not None:
            self._host.setText(self._page.host)
            self._address.setText(for_display(self._page.url))
        self._go.setEnabled(self._page is not None if self._page_of is not None else not why)
        self.refit()

    def _accept(self) -> None:
        self.accept()
        if self._line is not None:
            self.chosen.emit(self._line.text().strip())
        if self._page is not None:
            self.opened.emit(self._page)
