"""A link to a ticket on the command line: what a system types when a link is clicked."""

import pytest

from deskhand.__main__ import main, parser
from deskhand.cli.arguments import with_link

LINK = "deskhand:thena/TKT-12"


@pytest.mark.parametrize(
    "link", [LINK, "DESKHAND:thena/TKT-12", "Deskhand://thena/TKT-12/", "deskhand:nonsense?", "deskhand:-x"]
)
@pytest.mark.parametrize("front", [[], ["--verbose"], ["--theme", "dark"], ["--theme=dark", "--verbose"]])
def test_a_link_is_what_to_open(front, link):
    parsed = parser().parse_args(with_link([*front, link]))
    assert (parsed.command, parsed.open) == (None, link)


@pytest.mark.parametrize(
    "typed",
    [
        ["reply", "Shop/1", "--text", LINK],
        ["--verbose", "note", "Shop/1", "--text", LINK],
        ["--profile", "here", "accounts", "check", LINK],
        ["--open", LINK],
        ["--profile", LINK],
        ["tickets", "--search", "deskhand:"],
        ["sync"],
        [],
    ],
)
def test_a_command_and_its_arguments_stay_as_they_are(typed):
    assert with_link(typed) == typed
    parser().parse_args(typed)


@pytest.mark.parametrize(
    "more",
    [["--screenshot", "over-this-file"], ["reply", "Shop/1", "--text", "hello"], ["--profile", "//evil/share"], [LINK]],
)
def test_nothing_that_a_page_smuggles_in_behind_a_link_is_done(more, capsys):
    with pytest.raises(SystemExit) as ended:
        main([LINK, *more])
    assert ended.value.code == 2
    assert "invalid choice" in capsys.readouterr().err
