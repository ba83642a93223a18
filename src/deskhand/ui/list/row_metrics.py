"""Where the parts of a row lie, worked out once per font."""

from PySide6.QtGui import QFontMetrics

from deskhand.ui.kit.theme import Fonts


class RowMetrics:
    """Offsets from a row's top left corner; `first`, `second`, `third` are base lines."""

    __slots__ = (
        "avatar", "avatar_x", "avatar_y", "body", "body_name", "bold", "chip", "chip_y", "dot_rise", "first", "height", "icon", "margin",
        "second", "small", "text_x", "third", "tiny", "tiny_name",
    )  # fmt: skip

    def __init__(self, fonts: Fonts) -> None:
        self.body = QFontMetrics(fonts.body)
        self.bold = QFontMetrics(fonts.bold)
        self.small = QFontMetrics(fonts.small)
        self.tiny = QFontMetrics(fonts.tiny)
        self.body_name, self.tiny_name = fonts.body.toString(), fonts.tiny.toString()
        line = max(self.body.height(), self.bold.height())
        self.margin = 14
        self.avatar = max(30, 2 * line - 4)
        self.avatar_x, self.avatar_y = 14, 10
        self.text_x = self.avatar_x + self.avatar + 10
        self.first = 9 + self.body.ascent()
        self.second = self.first + line + 3
        self.chip = self.tiny.height() + 3
        self.chip_y = self.second + self.body.descent() + 7
        self.third = self.chip_y + (self.chip - self.small.height() + 1) // 2 + self.small.ascent()
        self.icon = 12
        self.dot_rise = (self.small.ascent() + 5) // 2
        self.height = self.chip_y + self.chip + 11
