"""Words in angle brackets that look like what Word or a browser would hide are shown where somebody wrote them."""

import pytest
from tests.helpers.mail_corpus import words_of

from deskhand.content.sanitize import sanitize


@pytest.mark.parametrize(
    "written",
    [
        "<m:GetPrice><m:Item>Lid</m:Item></m:GetPrice>",
        "<o:Order>4711</o:Order>",
        "<v:total/>",
        "<w:name>",
        "</x:end>",
    ],
)
def test_xml_that_somebody_shows_is_no_markup_of_word(written: str):
    assert f"We send {written} and get nothing" in words_of(
        sanitize(f"<p>Hello</p>We send {written} and get nothing").html
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p class="MsoNormal">4711<m:oMath><m:r>12</m:r></m:oMath></p>',
        "<p>4711<o:p></o:p><m:r>12</m:r></p>",
        '<html xmlns:m="urn:x"><body>4711<m:r>12</m:r></body></html>',
        '4711<v:shape style="width:1px">12</v:shape>',
    ],
)
def test_markup_of_word_is_not_shown(html: str):
    assert sanitize(html).text == "471112"


@pytest.mark.parametrize("name", ["script", "style", "iframe"])
def test_a_word_like_a_hidden_element_swallows_nothing_up_to_a_real_one(name: str):
    text = words_of(
        sanitize(f"<p>My <{name}> is wrong, order 4711.</p><p>Look:</p><{name} type=x>a = 1;</{name}><p>Ann</p>").html
    )
    assert text == f"My <{name}> is wrong, order 4711. Look: Ann"
