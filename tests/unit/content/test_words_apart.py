"""Words and numbers that stand apart in a mail stand apart in what is shown and in its plain text."""

import pytest
from tests.helpers.mail_corpus import words_of

from deskhand.content.sanitize import sanitize


@pytest.mark.parametrize("name", ["dialog", "dir", "fieldset", "form", "hgroup", "legend", "marquee", "menu", "search"])
def test_a_block_that_no_view_knows_keeps_its_words_from_those_around_it(name: str):
    sanitized = sanitize(f"<html><body><p>a</p>Invoice 12<{name}>345 EUR</{name}>67 pieces</body></html>")
    assert words_of(sanitized.html) == "a Invoice 12 345 EUR 67 pieces"
    assert " ".join(sanitized.text.split()) == "a Invoice 12 345 EUR 67 pieces"


@pytest.mark.parametrize("name", ["dir", "menu"])
def test_an_old_list_is_a_list(name: str):
    assert sanitize(f"<p>Missing:</p><{name}><li>lid<li>handle</{name}>").text == "Missing:\n\n- lid\n- handle"


@pytest.mark.parametrize("name", ["td", "th", "tr"])
def test_a_cell_without_its_table_keeps_its_words_from_those_behind_it(name: str):
    assert words_of(sanitize(f"<p>a</p>X<{name}>12</{name}>34").html) == "a X 12 34"


def test_choices_of_a_form_that_is_spoken_of_stay_apart():
    assert "Small Large" in words_of(sanitize("use <option> Small</option><option selected>Large</option> here").html)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("12<sup>99</sup> EUR", "12⁹⁹ EUR"),
        ('12<span style="vertical-align: super">99</span> EUR', "12⁹⁹ EUR"),
        ("10<sup>5</sup> lids", "10⁵ lids"),
        ("page 7<sub>2</sub>", "page 7₂"),
        ("CO<sub>2</sub> and m<sup>2</sup>, the 1<sup>st</sup>", "CO2 and m2, the 1st"),
        ("<s>100</s>80 EUR", "100 80 EUR"),
        ("<del>100</del><ins>80</ins> EUR", "100 80 EUR"),
        ("<b>1</b>00 EUR", "100 EUR"),
    ],
)
def test_raised_and_struck_figures_do_not_make_another_number_of_those_beside_them(html: str, text: str):
    assert sanitize(f"<p>{html}</p>").text == text


@pytest.mark.parametrize(
    "style",
    [
        "width:0;min-width:100%;overflow:hidden",
        "width:1px;min-width:100%;overflow:hidden",
        "height:0;min-height:100%;overflow:hidden",
        "max-height:0;min-height:40px;overflow:hidden",
    ],
)
def test_what_has_a_least_size_is_shown(style: str):
    assert words_of(sanitize(f'<div style="{style}">the whole mail</div><p>b</p>').html) == "the whole mail b"


@pytest.mark.parametrize("least", ["0", "0px", "auto", "1px"])
def test_what_may_have_no_size_is_still_hidden(least: str):
    assert words_of(sanitize(f'<div style="width:0;min-width:{least};overflow:hidden">x</div><p>b</p>').html) == "b"
