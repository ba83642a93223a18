"""Mails composed of answers, quotations, signatures and disclaimers as each program writes them: no own word is ever folded away."""

import random
import re
from collections.abc import Callable
from html import escape

import pytest
from tests.helpers.mail_corpus import words_of

from deskhand.content.quotes import divide, divide_plain
from deskhand.content.sanitize import sanitize, sanitize_plain

_SAID = [
    "{} please send it",
    "{}",
    "Yes {}",
    "{}?",
    "{}:",
    "see {} in the list:",
    "From: {}",
    "To: {}",
    "On Monday {} called",
    "Kind regards\\n{}",
    "Thanks {}",
    "Grüße {}",
    "Hi {},",
    "{} 👍",
    "- {}",
    "* {}",
    "1. {}",
    "-- {}",
    "— {}",
    "# {}",
    "{} <b@x.example>",
    "{} <https://x.example/a>",
    "Subject: {}",
    "Date: {}",
    "Sent: {}",
    "{} -----",
    "_____ {}",
    "{}\\n-----",
    "Order {} of 03.03.2025 10:00",
    "tel {}",
    "سؤال {} من فضلك",
    "שלום {}",
    "はい、{}です",
    "谢谢{}",
    "ครับ {}",
    "जी {}",
    "Díky {}",
    "Köszönöm {}",
    "Vâng {}",
    "Sent from my {}",
    "FYI {}",
    "Re: {}",
    "[{}]",
    '"{}"',
    "{} = 5",
    "P.S. {}",
    "Name: {}\\nEmail: a@b.example\\nPhone: 1",
    "{}\\n\\n\\n{}",
    "{} (see above)",
    "***\\n{}",
    "<{}>",
]
_ASKED = [
    "{} is the size",
    "{}?",
    "Hello Ann,\n{}",
    "{} please tell us",
    "{}\nKind regards\nBob",
    "which colour do you want, {}",
]
_DATE = (
    'On Mon, Mar 3, 2025 at 10:00 AM Bob Vance &lt;<a href="mailto:bob@shop.example">bob@shop.example</a>&gt; wrote:'
)
_HEADER = """<b>From:</b> Bob Vance &lt;bob@shop.example&gt;<br><b>Sent:</b> Monday, March 3, 2025 10:00 AM<br>\
<b>To:</b> Ann Lee &lt;ann@home.example&gt;<br><b>Subject:</b> Re: Lid"""
_MARKED = {
    "Gmail": ('<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{}<br></div>', '<blockquote class="gmail_quote">{}</blockquote>', "</div>"),
    "Apple Mail": ("<div><br>", '<blockquote type="cite"><div dir="ltr"><div>{}</div></div></blockquote>', "</div>"),
    "Thunderbird": ('<div class="moz-cite-prefix">{}<br></div>', '<blockquote type="cite" cite="mid:1@x">{}</blockquote>', ""),
    "Proton": ('<div class="protonmail_quote">{}<br>', '<blockquote class="protonmail_quote" type="cite">{}</blockquote>', "</div>"),
    "Zoho": ('<div class="zmail_extra"><div>{}</div>', '<blockquote style="margin:0px">{}</blockquote>', "</div>"),
}  # fmt: skip
_PLACES = ["above", "below", "below in the program's block", "on both sides", "between"]


class _Composer:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self._count = 0

    def choose(self, choices: list[str]) -> str:
        return self._random.choice(choices)

    def own(self) -> str:
        return self._said(
            "own", [self.choose(_SAID).replace("\\n", "\n") for _ in range(self._random.choice([1, 1, 2, 3]))]
        )

    def quoted(self) -> str:
        return self._said("old", [self.choose(_ASKED) for _ in range(self._random.choice([1, 2]))])

    def _said(self, kind: str, texts: list[str]) -> str:
        def number(_: re.Match[str]) -> str:
            self._count += 1
            return f"{kind}{self._count}x"

        return re.sub(r"\{\}", number, "\n".join(texts))

    def html(self, text: str) -> str:
        lines = [escape(line) for line in text.split("\n")]
        tag = self.choose(["div", "p", ""])
        return "".join(f"<{tag}>{line or '<br>'}</{tag}>" for line in lines) if tag else "<br>".join(lines)


def _in_a_marked_block(composer: _Composer, client: str, place: str) -> str:
    begin, block, end = _MARKED[client]
    begin = begin.format(_DATE)
    first = f"{_DATE}<br>" if client == "Apple Mail" else ""

    def own() -> str:
        return f"<div>{composer.html(composer.own())}</div>"

    def old(above: str = "") -> str:
        return block.format(above + composer.html(composer.quoted()))

    return {
        "above": lambda: f"{own()}{begin}{old(first)}{end}",
        "below": lambda: f"{begin}{old(first)}{end}{own()}",
        "below in the program's block": lambda: f"{begin}{old(first)}{own()}{end}",
        "on both sides": lambda: f"{own()}{begin}{old(first)}{end}{own()}",
        "between": lambda: f"{begin}{old(first)}{own()}{old()}{own()}{end}",
    }[place]()


def _outlook(composer: _Composer) -> str:
    rule = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"
    own, old = composer.html(composer.own()), composer.html(composer.quoted())
    return f'<div class="WordSection1">{own}<div style="{rule}"><p class="MsoNormal">{_HEADER}</p></div>{old}</div>'


def _outlook_on_the_web(composer: _Composer) -> str:
    own, old = composer.html(composer.own()), composer.html(composer.quoted())
    return f'<div>{own}</div><hr><div id="divRplyFwdMsg" dir="ltr">{_HEADER}<div>&nbsp;</div></div><div>{old}</div>'


def _plain(composer: _Composer, place: str) -> str:
    head = composer.choose(
        ["On Mon, 3 Mar 2025 at 10:00, Bob Vance <bob@shop.example> wrote:", "Am 03.03.25 um 10:00 schrieb Bob Vance:"]
    )

    def old() -> str:
        return "\n".join(f"> {line}" for line in composer.quoted().split("\n"))

    own = composer.own
    return {
        "above": lambda: f"{own()}\n\n{head}\n{old()}",
        "below": lambda: f"{head}\n{old()}\n\n{own()}",
        "below in the program's block": lambda: f"{head}\n{old()}\n{own()}",
        "on both sides": lambda: f"{own()}\n\n{head}\n{old()}\n{own()}",
        "between": lambda: f"{head}\n{old()}\n{own()}\n\n{old()}\n{own()}",
    }[place]()


def _missing(body: str, shown: str) -> list[str]:
    return [word for word in re.findall(r"own\d+x", body) if word not in shown]


@pytest.mark.parametrize("place", _PLACES)
@pytest.mark.parametrize("client", _MARKED)
def test_no_own_word_is_folded_away_beside_a_marked_quotation(client: str, place: str):
    composer = _Composer(1)
    for _ in range(40):
        body = _in_a_marked_block(composer, client, place)
        parts = divide(sanitize(body).html)
        assert not _missing(body, words_of(parts.own) + words_of(parts.signature)), body


@pytest.mark.parametrize("compose", [_outlook, _outlook_on_the_web])
def test_no_own_word_above_outlooks_header_is_folded_away(compose: Callable[[_Composer], str]):
    composer = _Composer(2)
    for _ in range(60):
        body = compose(composer)
        parts = divide(sanitize(body).html)
        assert not _missing(body, words_of(parts.own) + words_of(parts.signature)), body


@pytest.mark.parametrize("place", _PLACES)
def test_no_own_word_of_a_plain_mail_is_folded_away(place: str):
    composer = _Composer(3)
    for _ in range(60):
        body = _plain(composer, place)
        parts = divide(sanitize_plain(body).html)
        assert not _missing(body, words_of(parts.own) + words_of(parts.signature)), body
        text = divide_plain(body)
        assert not _missing(body, text.own + (text.signature or "")), body
