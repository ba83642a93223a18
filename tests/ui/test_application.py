"""Links that the system hands over as an event, which is macOS."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent

from deskhand.ui.application import Application

LINK = "deskhand:thena/TKT-12"


@pytest.fixture
def application(qapp: Application) -> Iterator[Application]:
    yield qapp
    qapp.set_link_handler(lambda _link: None)
    qapp.set_link_handler(None)


@pytest.mark.parametrize("link", [LINK, "deskhand://thena/TKT-12/", "deskhand:Retail%20EU/a%2Fb"])
def test_a_link_comes_as_it_was_written(application: Application, link: str) -> None:
    followed: list[str] = []
    application.set_link_handler(followed.append)
    QCoreApplication.sendEvent(application, QFileOpenEvent(QUrl(link)))
    assert followed == [link]


def test_a_link_that_qt_takes_for_the_name_of_a_file_is_heard_too(application: Application) -> None:
    followed: list[str] = []
    application.set_link_handler(followed.append)
    QCoreApplication.sendEvent(application, QFileOpenEvent("deskhand://Retail%20EU/12"))
    assert followed == ["deskhand://Retail%20EU/12"]


def test_a_link_waits_for_whoever_follows_it_and_only_the_newest_does(application: Application) -> None:
    followed: list[str] = []
    QCoreApplication.sendEvent(application, QFileOpenEvent(QUrl("deskhand:thena/1")))
    QCoreApplication.sendEvent(application, QFileOpenEvent(QUrl(LINK)))
    application.set_link_handler(followed.append)
    assert followed == [LINK]
    application.set_link_handler(None)
    application.set_link_handler(followed.append)
    assert followed == [LINK]


def test_files_and_other_addresses_are_none_of_our_business(application: Application) -> None:
    followed: list[str] = []
    application.set_link_handler(followed.append)
    for event in (QFileOpenEvent("/tmp/deskhand:thena"), QFileOpenEvent(QUrl("https://thena.ai/deskhand:thena/1"))):  # noqa: S108
        QCoreApplication.sendEvent(application, event)
    assert followed == []
