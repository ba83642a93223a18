"""An account's mark is drawn in its own colours, in both themes and as fine as the screen."""

from PySide6.QtGui import QImage

from deskhand.domain.accounts import ACCOUNT_ICONS, AccountColour, AccountMark
from deskhand.ui.kit.account_mark import AccountMarkView, account_pixmap
from deskhand.ui.kit.tokens import DARK, LIGHT, high_contrast


def colours(image: QImage) -> set[str]:
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in points if image.pixelColor(x, y).alpha() == 255}


def test_each_colour_has_its_ink_on_its_tint_in_both_themes(qapp) -> None:
    for theme in (LIGHT, DARK):
        for colour in AccountColour:
            seen = colours(account_pixmap(AccountMark(colour, "square-terminal"), 56, theme, 1.0).toImage())
            assert {theme.accounts[colour].ground, theme.accounts[colour].text} <= seen


def test_every_icon_that_can_be_chosen_is_there_and_as_fine_as_the_screen(qapp) -> None:
    plain = {icon: account_pixmap(AccountMark(AccountColour.TEAL, icon), 28, LIGHT, 1.0) for icon in ACCOUNT_ICONS}
    assert len({made.toImage().cacheKey() for made in plain.values()}) == len(ACCOUNT_ICONS)
    assert account_pixmap(AccountMark(), 28, LIGHT, 1.5).width() == 42


def test_with_more_contrast_a_mark_is_parted_from_the_page_by_a_border_of_its_ink(qapp) -> None:
    theme = high_contrast(LIGHT)
    image = account_pixmap(AccountMark(AccountColour.PLUM, "wrench"), 28, theme, 1.0).toImage()
    assert image.pixelColor(14, 0).name() == theme.accounts[AccountColour.PLUM].text
    assert image.pixelColor(14, 2).name() == theme.page


def test_a_view_shows_the_mark_that_it_was_given(qtbot) -> None:
    view = AccountMarkView(size=18)
    qtbot.addWidget(view)
    view.set_mark(AccountMark(AccountColour.GREEN, "truck"))
    assert view.mark.icon == "truck"
    assert LIGHT.accounts[AccountColour.GREEN].ground in colours(view.grab().toImage())
