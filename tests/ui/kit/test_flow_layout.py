"""Parts that go on in the next line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from deskhand.ui.kit.flow_layout import FlowLayout
from deskhand.ui.kit.tab_order import reading_order


def parts(qtbot, width: int, *, right_to_left: bool = False) -> tuple[QWidget, list[QWidget]]:
    host = QWidget()
    if right_to_left:
        host.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.addWidget(host)
    flow = FlowLayout(host, gap=10)
    flow.setContentsMargins(5, 5, 5, 5)
    made = []
    for _ in range(3):
        part = QWidget()
        part.setFixedSize(50, 20)
        flow.addWidget(part)
        made.append(part)
    host.resize(width, flow.heightForWidth(width))
    host.show()
    return host, made


def test_parts_stand_in_one_line_where_there_is_room(qtbot) -> None:
    _host, made = parts(qtbot, 180)
    assert [p.pos().toTuple() for p in made] == [(5, 5), (65, 5), (125, 5)]


def test_parts_go_on_in_the_next_line(qtbot) -> None:
    host, made = parts(qtbot, 120)
    assert [p.pos().toTuple() for p in made] == [(5, 5), (65, 5), (5, 35)]
    assert host.height() == 60


def test_parts_begin_at_the_right_where_the_language_does(qtbot) -> None:
    _host, made = parts(qtbot, 140, right_to_left=True)
    assert [p.pos().toTuple() for p in made] == [(85, 5), (25, 5), (85, 35)]


def test_a_hidden_part_takes_no_room(qtbot) -> None:
    host, made = parts(qtbot, 120)
    made[0].hide()
    flow = host.layout()
    assert flow is not None
    flow.activate()
    assert [p.pos().toTuple() for p in made[1:]] == [(5, 5), (65, 5)]
    assert flow.heightForWidth(120) == 30


def test_tab_follows_the_parts(qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    later, sooner = QPushButton("2", host), QPushButton("1", host)
    flow = FlowLayout(host)
    flow.addWidget(sooner)
    flow.addWidget(later)
    assert list(reading_order(host)) == [sooner, later]


def test_a_part_that_is_too_wide_goes_on_in_lines_of_its_own(qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    words = QLabel("several words that do not stand in one line")
    words.setWordWrap(True)
    words.setMinimumWidth(60)
    flow = FlowLayout(host)
    flow.addWidget(words)
    narrow = words.sizeHint().width() // 2
    assert flow.heightForWidth(narrow) == words.heightForWidth(narrow) > words.fontMetrics().height()


def test_what_is_put_in_later_gets_its_place_at_once_and_lies_on_nothing(qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    flow = FlowLayout(host)
    parts = [QLabel("one", host), QLabel("two", host)]
    for part in parts:
        flow.addWidget(part)
    host.resize(400, 30)
    host.show()
    parts.append(QLabel("three", host))
    parts[-1].show()
    flow.addWidget(parts[-1])
    qtbot.waitUntil(lambda: parts[-1].x() > parts[-2].geometry().right())
