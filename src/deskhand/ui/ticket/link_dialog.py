"""Asked before a link opens that is not what it looks like."""

from PySide6.QtCore import QCoreApplication, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from deskhand.content.links import Link, LinkWarning, for_display
from deskhand.ui.kit.labels import Role, label
from deskhand.ui.kit.sheet import Sheet
from deskhand.ui.kit.theme import GAP, GAP_SMALL, Tone


def warning_text(warning: LinkWarning) -> str:
    """Return what is odd about a link."""
    texts = {
        LinkWarning.OTHER_HOST: "The text of the link shows another address than the one it leads to.",
        LinkWarning.IDN: "The name of the site is not written in plain letters; it is shown here as it really is.",
        LinkWarning.MIXED_SCRIPT: "The name of the site mixes letters of several scripts, which is a way to imitate another.",
        LinkWarning.IP_LITERAL: "It leads to a number instead of a named site.",
        LinkWarning.PORT: "It uses an unusual port.",
        LinkWarning.SHORTENED: "It is shortened: where it ends up cannot be seen.",
        LinkWarning.LONG: "The address is unusually long.",
    }
    return QCoreApplication.translate("LinkDialog", texts[warning])


class LinkDialog(Sheet):
    """Shows where a link really leads; the safe answer is the default.

    Signals:
        opened: the address that was handed to the browser.
    """

    opened = Signal(str)

    def __init__(self, link: Link, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Open this link?"), parent, width=480, scrolls=True)
        self._link = link
        if link.refused:
            self.set_title(self.tr("This link is not opened"))
            refused = self.tr(
                "It is no web, mail or telephone address, or it is written so that it hides where it leads."
            )
            self.body.addWidget(label(refused, self, wrap=True))
            self.add_button(self.tr("Close"), self.reject, kind="primary", default=True).setFocus()
            return
        box = QFrame(self)
        box.setProperty("kind", "raised")
        inside = QVBoxLayout(box)
        inside.setContentsMargins(GAP, GAP_SMALL + 2, GAP, GAP_SMALL + 2)
        inside.setSpacing(3)
        host = label(link.host_ace or link.url, box, role=Role.TITLE, wrap=True, selectable=True)
        host.setObjectName("host")
        inside.addWidget(host)
        inside.addWidget(
            label(_breakable(for_display(link.url)), box, role=Role.SMALL, tone=Tone.PLAIN, wrap=True, selectable=True)
        )
        self.body.addWidget(box)
        for warning in sorted(link.warnings):
            self.body.addWidget(label(warning_text(warning), self, tone=Tone.WAITING, wrap=True))
        copy = self.add_button(self.tr("Copy address"), self._copy)
        copy.setAccessibleName(self.tr("Copy address"))
        self.add_button(self.tr("Open in browser"), self._open)
        self.add_button(self.tr("Do not open"), self.reject, kind="primary", default=True).setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._link.url)
        self.announce(self.tr("Copied"))

    def _open(self) -> None:
        self.accept()
        self.opened.emit(self._link.url)
        QDesktopServices.openUrl(QUrl(self._link.url))


def _breakable(address: str) -> str:
    """Let a long address break anywhere: it has no spaces."""
    return "\u200b".join(address[i : i + 20] for i in range(0, len(address), 20))
