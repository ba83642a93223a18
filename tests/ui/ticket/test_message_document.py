"""Bodies ask for nothing, show only pictures they were given, and stay readable; pictures are decoded within a budget."""

import re
import struct
import zlib

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader, QTextDocument, QTextTable
from tests.helpers.expensive_mail import documents
from tests.helpers.narrowing import not_none
from tests.helpers.templates import DATA, TEMPLATES

from deskhand.content import cost
from deskhand.content.safehtml import SafeHtml
from deskhand.content.sanitize import sanitize, sanitize_plain
from deskhand.ui.app import IMAGE_LIMIT_MB
from deskhand.ui.kit.theme import fonts_for
from deskhand.ui.kit.tokens import DARK, LIGHT, Theme
from deskhand.ui.ticket import message_pictures as pictures
from deskhand.ui.ticket.message_document import MessageDocument


def document(qapp, html: str, theme: Theme = LIGHT, given: dict[int, QImage] | None = None) -> MessageDocument:
    made = MessageDocument(fonts_for(qapp.font()).body, theme, given)
    made.show_html(SafeHtml(html))
    return made


def image(width: int = 40, height: int = 30, colour: str = "#ff0000") -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(colour)
    return made


def encoded(form: str, width: int = 40, height: int = 30) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image(width, height).save(buffer, form)  # type: ignore[call-overload]  # the stubs say bytes, PySide takes only str
    buffer.close()
    return bytes(data.data())


def painted(made: MessageDocument, width: int = 300) -> QImage:
    size = made.lay_out(width)
    shot = QImage(width, max(1, int(size.height())), QImage.Format.Format_ARGB32)
    shot.fill(Qt.GlobalColor.white)
    from PySide6.QtGui import QPainter

    with QPainter(shot) as painter:
        made.drawContents(painter)
    return shot


@pytest.mark.parametrize(
    "source",
    [
        "file:///etc/hostname",
        "/etc/hostname",
        "http://127.0.0.1:9/x.png",
        ":/qt-project.org/styles/commonstyle/images/up-16.png",
        "x.png",
    ],
)
def test_nothing_but_given_pictures_is_ever_loaded_and_the_request_is_counted(qapp, source: str) -> None:
    # Sanitizing lets none of these through; this is the second lock.
    MessageDocument.foreign = 0
    made = document(qapp, f'<p>before<img src="{source}">after</p>')
    painted(made)
    painted(made, 200)
    answer = made.resource(QTextDocument.ResourceType.ImageResource, source)
    assert (answer.width(), answer.height()) == (1, 1)
    assert MessageDocument.foreign > 0
    MessageDocument.foreign = 0


def test_sanitized_bodies_make_no_foreign_request(qapp) -> None:
    MessageDocument.foreign = 0
    made = document(qapp, '<p><img src="x-img:0" alt="logo"><img src="x-img:7"><a href="https://example.com">x</a></p>')
    painted(made)
    assert MessageDocument.foreign == 0


def test_a_given_picture_is_shown_and_a_blocked_one_takes_no_room(qapp) -> None:
    html = '<p><img src="x-img:0" width="600" height="400"></p>'
    blocked, shown = document(qapp, html), document(qapp, html, given={0: image(600, 400)})
    assert blocked.lay_out(300).height() < 40
    shot = painted(shown, 300)
    assert shot.pixelColor(150, 80).name() == "#ff0000"
    assert 190 < shot.height() < 230
    assert shown.lay_out(300).width() <= 300


def test_a_picture_is_fitted_again_when_the_column_grows(qapp) -> None:
    made = document(qapp, '<p><img src="x-img:0"></p>', given={0: image(500, 100)})
    narrow = made.lay_out(250).height()
    assert narrow < 90


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
def test_links_and_quotes_take_the_themes_colours(qapp, theme: Theme) -> None:
    made = document(qapp, '<p>see <a href="https://example.com">this</a></p><blockquote>old</blockquote>', theme)
    seen = {}
    block = made.begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            seen[iterator.fragment().text().strip()] = iterator.fragment().charFormat().foreground()
            iterator += 1
        block = block.next()
    assert seen["this"].color().name() == theme.link
    assert seen["old"].color().name() == theme.quiet
    assert seen["see"].style() is Qt.BrushStyle.NoBrush  # painted in the theme's text colour


def lines(made: MessageDocument) -> int:
    """Count the lines that are drawn."""
    made.lay_out(600)
    count = 0
    block = made.begin()
    while block.isValid():
        count += block.layout().lineCount()
        block = block.next()
    return count


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<div>a</div><div><br></div><div>b</div>", 3),
        ("<div>a<br></div><div>b<br></div>", 2),
        ("<div>a</div><br><div>b</div>", 3),
        ("a<br><div>b</div>", 2),
        ("<div>a<br><br></div><div>b</div>", 3),
        ("<div>a</div><div><br></div><div><br></div><div>b</div>", 4),
        ("<p>a</p><p>&nbsp;</p><p>b</p>", 3),
        ("a<br><br>b", 3),
        ("<div>a</div>b<div>c</div>", 3),
    ],
)
def test_a_blank_line_is_drawn_as_one_line(qapp, html: str, count: int) -> None:
    assert lines(document(qapp, sanitize(html).html)) == count


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda t: t.name)
def test_coloured_and_highlighted_text_stands_out_and_can_be_read(qapp, theme: Theme) -> None:
    html = "<p>a <span style='color:red'>red</span> <span style='color:#0000cc'>blue</span> <span style='color:purple'>purple</span> <span style='background:yellow'>marked</span> <s>struck</s></p>"
    made = document(qapp, sanitize(html).html, theme)
    seen = {}
    iterator = made.begin().begin()
    while not iterator.atEnd():
        seen[iterator.fragment().text().strip()] = iterator.fragment().charFormat()
        iterator += 1
    shades = {seen[name].foreground().color().name() for name in ("red", "blue", "purple")}
    assert len(shades) == 3
    assert seen["red"].foreground().color().name() == theme.wrong
    assert seen["marked"].background().color().name() == theme.warn_soft
    assert seen["struck"].fontStrikeOut()


def test_a_picture_that_is_not_there_is_its_words(qapp) -> None:
    html = '<p>x <img alt="Our logo" src="x-img:0"> <img alt="Photo" src="x-img:1"> <img alt="" src="x-img:2"></p>'
    made = document(qapp, html, given={1: image()})
    assert "[Our logo]" in made.toPlainText()
    assert "Photo" not in made.toPlainText()
    assert "[]" not in made.toPlainText()


def test_plain_text_is_letters(qapp) -> None:
    made = MessageDocument(fonts_for(qapp.font()).body, LIGHT)
    made.show_text('<img src="file:///etc/passwd"> & <b>x</b>')
    assert made.toPlainText() == '<img src="file:///etc/passwd"> & <b>x</b>'


def test_a_word_without_spaces_wraps(qapp) -> None:
    made = MessageDocument(fonts_for(qapp.font()).body, LIGHT)
    made.show_text("x" * 2000)
    assert made.lay_out(200).width() <= 201


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_the_four_kinds_of_picture_are_decoded(form: str) -> None:
    data = encoded(form)
    assert pictures.format_of(data) == form.encode()
    decoded = not_none(pictures.decode(data))
    assert (decoded.width(), decoded.height()) == (40, 30)


def test_a_gif_is_decoded_as_its_first_frame() -> None:
    gif = bytes.fromhex("47494638396101000100800000ff0000ffffff21f90400000000002c00000000010001000002024401003b")
    assert not_none(pictures.decode(gif)).pixelColor(0, 0).name() == "#ff0000"


@pytest.mark.qt_log_ignore("JPEG", extend=True)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        b"BM" + bytes(60),
        b"\x00\x00\x01\x00" + bytes(60),
        b"\x89PNG\r\n\x1a\n<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"\xff\xd8\xff\xe0 cut off",
    ],
    ids=["empty", "svg", "bmp", "ico", "svg in png's clothes", "broken webp", "broken jpeg"],
)
def test_everything_else_is_no_picture(data: bytes) -> None:
    assert pictures.decode(data) is None


def test_a_huge_picture_is_refused_by_its_head() -> None:
    head = struct.pack(">IIBBBBB", 44_000, 44_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    assert pictures.decode(b"\x89PNG\r\n\x1a\n" + chunk + bytes(100)) is None


def test_the_applications_own_limit_lets_a_photograph_through() -> None:
    QImageReader.setAllocationLimit(IMAGE_LIMIT_MB)
    assert pictures.decode(encoded("png", 4000, 3900)) is not None


def test_a_message_has_a_budget_of_pixels_and_pictures() -> None:
    large = encoded("png", 4000, 3900)  # 15.6 million pixels: two fit
    done = pictures.decode_all(dict.fromkeys(range(3), large) | {9: encoded("png")})
    assert sorted(done) == [0, 1, 9]
    assert max(done[0].width(), done[0].height()) == pictures.MAX_SIDE
    small = encoded("png", 2, 2)
    assert len(pictures.decode_all(dict.fromkeys(range(50), small))) == pictures.MAX_PICTURES


def linear(html: str) -> str:
    """Return the same with every cell as a paragraph of its own."""
    return re.sub(r"<(/?)(?:table|tbody|tr|td|th)\b[^>]*>", r"<\1div>", html)


def tables(made: MessageDocument) -> list[QTextTable]:
    return [frame for frame in made.rootFrame().childFrames() if isinstance(frame, QTextTable)]


@pytest.mark.parametrize("name", TEMPLATES)
def test_mail_as_shops_and_offices_send_it_is_at_most_twice_as_high_as_its_text(qapp, name: str) -> None:
    html = sanitize(TEMPLATES[name]).html
    made = document(qapp, html)
    assert made.lay_out(620).height() <= 2 * document(qapp, linear(html)).lay_out(620).height()
    assert made.lay_out(620).width() <= 620
    assert len(tables(made)) == DATA.get(name, 0)
    assert sanitize(html).html == html


def test_a_table_of_data_is_drawn_with_lines_between_its_cells(qapp) -> None:
    html = sanitize("<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>").html
    shot = painted(document(qapp, html), 300)
    ground = shot.pixelColor(299, 0)
    left = [y for y in range(shot.height()) if shot.pixelColor(4, y) != ground]
    assert len(left) >= 3  # above, between and below


def test_a_right_to_left_table_stands_at_the_right_and_begins_there(qapp) -> None:
    made = document(
        qapp, sanitize('<table dir="rtl"><tr><td>א</td><td>ב</td></tr><tr><td>ג</td><td>ד</td></tr></table>').html
    )
    made.lay_out(300)
    (table,) = tables(made)
    layout = made.documentLayout()
    assert layout.frameBoundingRect(table).right() > 280
    places = {}
    for column in range(2):
        block = table.cellAt(0, column).firstCursorPosition().block()
        places[block.text()] = layout.blockBoundingRect(block).x()
    assert places["א"] > places["ב"]


@pytest.mark.parametrize("hostile", [d for d in documents() if len(d.body) < 4_000], ids=lambda d: d.name)
def test_a_small_hostile_document_is_laid_out_within_its_bounds(qapp, hostile) -> None:
    MessageDocument.foreign = 0
    sanitized = sanitize(hostile.body) if hostile.html else sanitize_plain(hostile.body)
    made = document(qapp, sanitized.html)
    size = made.lay_out(620)
    assert sum(table.rows() * table.columns() for table in tables(made)) <= cost.MAX_GRID
    assert size.height() < 40 * (len(sanitized.text) + made.blockCount() + 1)
    assert MessageDocument.foreign == 0
