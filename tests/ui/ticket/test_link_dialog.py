"""A link that is not what it looks like."""

from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from deskhand.content.links import LinkWarning, inspect
from deskhand.ui.ticket.link_dialog import LinkDialog, warning_text


class Browser(QObject):
    """Takes what would go to the system's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.got.append(url.toString())


def opened(qtbot, url: str, shown: str = "") -> LinkDialog:
    dialog = LinkDialog(inspect(url, shown))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def shown_text(dialog: LinkDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def button(dialog: LinkDialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def test_the_real_host_is_shown_in_ascii_with_what_is_odd(qtbot) -> None:
    dialog = opened(qtbot, "https://xn--pple-43d.com/login", "https://apple.com/login")
    assert next(w for w in dialog.findChildren(QLabel) if w.objectName() == "host").text() == "xn--pple-43d.com"
    assert "another address than the one it leads to" in shown_text(dialog)


def test_enter_does_not_open_it(qtbot) -> None:
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")  # type: ignore[arg-type]  # the stubs say bytes, PySide takes only str
    try:
        dialog = opened(qtbot, "https://bit.ly/x")
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        assert dialog.isHidden()
        assert browser.got == []
        dialog = opened(qtbot, "https://bit.ly/x")
        with qtbot.waitSignal(dialog.opened) as done:
            button(dialog, "Open in browser").click()
        assert done.args == ["https://bit.ly/x"]
        assert browser.got == ["https://bit.ly/x"]
    finally:
        QDesktopServices.unsetUrlHandler("https")


def test_a_refused_link_cannot_be_opened(qtbot) -> None:
    dialog = opened(qtbot, "javascript:alert(1)")
    assert dialog.windowTitle() == "This link is not opened"
    assert [b.text() for b in dialog.findChildren(QPushButton)] == ["Close"]


def test_every_warning_has_words() -> None:
    assert all(warning_text(warning).endswith(".") for warning in LinkWarning)
