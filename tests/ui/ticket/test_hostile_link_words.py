"""A body tells what a reader sees as the words of a link, and where it leads."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from deskhand.content.sanitize import sanitize
from deskhand.ui.kit.theme import fonts_for
from deskhand.ui.kit.tokens import LIGHT
from deskhand.ui.ticket.message_body import MessageBody
from deskhand.ui.ticket.message_document import MessageDocument


def body(qapp, qtbot, html: str) -> MessageBody:
    host = QWidget()
    document = MessageDocument(fonts_for(qapp.font()).body, LIGHT)
    document.show_html(sanitize(html).html)
    made = MessageBody(document, "", host)
    qtbot.addWidget(made)
    made.setParent(None)
    made.lay_out(600)
    return made


def pointed_at(made: MessageBody) -> set[tuple[str, str]]:
    points = (QPoint(x, 8).toPointF() for x in range(0, made.width(), 3))
    return {found for point in points if (found := made.link_at(point))[0]}


def test_a_link_on_a_part_of_an_address_tells_all_of_it(qapp, qtbot) -> None:
    made = body(qapp, qtbot, '<p>see https://<a href="https://evil.example/">bank</a>.example, please</p>')
    assert made.links() == [("https://evil.example/", "https://bank.example")]
    assert pointed_at(made) == {("https://evil.example/", "https://bank.example")}


def test_links_in_pieces_tell_the_address_that_they_make_together(qapp, qtbot) -> None:
    made = body(
        qapp, qtbot, "".join(f'<a href="https://evil.example/{n}">{t}</a>' for n, t in enumerate(("bank", ".", "com")))
    )
    assert {words for _, words in made.links()} == {"bank.com"}
    assert {words for _, words in pointed_at(made)} == {"bank.com"}


def test_a_link_tells_its_own_words_where_what_stands_beside_it_is_no_part_of_an_address(qapp, qtbot) -> None:
    made = body(qapp, qtbot, '<p>Web:<a href="https://shop.example/">our shop</a>. More</p><p>shop.example</p>')
    assert made.links() == [("https://shop.example/", "our shop")]
