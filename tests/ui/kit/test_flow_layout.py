"""Parts that go on in the next line."""

from PySide6.QtWidgets import QWidget

from deskhand.ui.kit.flow_layout import FlowLayout


def parts(qtbot, width: int) -> tuple[QWidget, list[QWidget]]:
    host = QWidget()
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
