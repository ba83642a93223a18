"""What a reader sees as a link's words is the same in any line: behind emoji, and where the link goes on in the next one."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from deskhand.content.links import inspect
from deskhand.content.sanitize import sanitize, sanitize_plain
from deskhand.ui.kit.theme import fonts_for
from deskhand.ui.kit.tokens import LIGHT
from deskhand.ui.ticket.message_body import MessageBody
from deskhand.ui.ticket.message_document import MessageDocument

EVIL = "https://evil.example/x"


def body(qapp, qtbot, washed) -> MessageBody:
    document = MessageDocument(fonts_for(qapp.font()).body, LIGHT)
    document.show_html(washed.html)
    host = QWidget()
    made = MessageBody(document, "", host)
    qtbot.addWidget(made)
    made.setParent(None)
    made.lay_out(600)
    return made


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (f'<p>😀😀😀 https://bank.<a href="{EVIL}">example</a></p>', "https://bank.example"),
        (f'<p>🏳️‍🌈👍🏽 <a href="{EVIL}">bank</a>.example/login, please</p>', "bank.example/login"),
        (f'<p>😀 <a href="{EVIL}">😀bank</a>.example</p>', "😀bank.example"),
        (f'<a href="{EVIL}"><div>https://bank</div><div>.example/login</div></a>', "https://bank .example/login"),
        (f'<a href="{EVIL}"><p>www.</p><p>bank.com</p></a>', "www. bank.com"),
    ],
)
def test_the_words_of_a_link_are_all_that_a_reader_sees(qapp, qtbot, html, shown):
    made = body(qapp, qtbot, sanitize(html))
    assert made.links() == [(EVIL, shown)]
    assert inspect(EVIL, shown).asks


@pytest.mark.parametrize("before", ["😀 ", "👍🏽 ", "𝒳: ", "😀😀😀😀 see "])
@pytest.mark.parametrize("address", ["www.shop.example", "https://shop.example/a", "jo@shop.example"])
def test_an_address_behind_emoji_opens_without_a_question(qapp, qtbot, before, address):
    made = body(qapp, qtbot, sanitize_plain(f"{before}{address} now"))
    ((href, shown),) = made.links()
    assert shown == address
    assert not inspect(href, shown).asks
    points = (QPoint(x, y).toPointF() for x in range(0, made.width(), 5) for y in range(0, made.height(), 4))
    hits = {made.link_at(point) for point in points}
    assert hits - {("", "")} == {(href, shown)}


def test_two_links_to_one_place_in_a_line_are_two(qapp, qtbot):
    made = body(qapp, qtbot, sanitize(f'<p><a href="{EVIL}">one</a>,<a href="{EVIL}">two</a></p>'))
    assert [shown for _, shown in made.links()] == ["one", "two"]
