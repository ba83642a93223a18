"""How mail programs mark quoted history and signatures in their HTML, and our own five marks that sanitizing makes of that.

Names: observed in the programs' mails, and the list in Proton's open web client (packages/components, `messageContent`). Programs
put a prefix before the names of a mail that they quote or show (`x_` Outlook, `yiv1234` and `ydp1234` Yahoo, `m_-1234` Gmail).
"""

from collections.abc import Mapping
from typing import Final

from deskhand.domain.lazy_pattern import lazy_pattern

QUOTE: Final = "deskhand-quote"
"""On a block quotation, or on a block that holds one with its "On ... wrote:"; people write into it too."""
HISTORY: Final = "deskhand-history"
"""On a block that holds history as it is, as Yahoo, GMX and Outlook on phones do."""
QUOTE_START: Final = "deskhand-quote-start"
"""On a block that introduces history: "On ... wrote:", or From, Sent, To, Subject."""
BAR: Final = "deskhand-bar"
"""On a block with a line at its left side, as Outlook draws it around all that it quotes; Word draws the same around any paragraph."""
SIGNATURE: Final = "deskhand-signature"
"""On a block that the program filled with the signature."""

MARKED_TAGS: Final = ("div", "blockquote", "span", "pre", "p", "table", "section")
"""The elements that carry such marks."""

_NAMES: Final = {
    QUOTE: "gmail_quote gmail_quote_container iosymail protonmail_quote tutanota_quote skiff_quote zmail_extra front-blockquote "
    "missive_quote messagereplysection isreplycontent orimsghtmlseperator ntes-mailmaster-quote",
    HISTORY: "yahoo_quoted yqtdbase gmx_quote mail-editor-reference-message-container ms-outlook-mobile-reference-message "
    "olk_src_body_section reply139content origbody",
    # Not Outlook's `appendonsend`: it stands in every mail, whether history follows or not.
    QUOTE_START: "gmail_attr moz-cite-prefix divrplyfwdmsg reply-intro yahoo-quoted-begin airmail_on outlookmessageheader",
    SIGNATURE: "gmail_signature gmail_signature_prefix moz-signature protonmail_signature_block ms-outlook-mobile-signature signature "
    "applemailsignature messagesignaturesection zm-_id_-sgn _rc_sig io-ox-signature front-signature yahoo-signature tutanota_signature "
    "bloop_sign canarysig ymail_android_signature composer_signature",
}
_MARKS: Final = {name: mark for mark, names in _NAMES.items() for name in names.split()} | {
    mark: mark for mark in (QUOTE, HISTORY, QUOTE_START, BAR, SIGNATURE)
}
_PREFIX = lazy_pattern(r"\A(?:x_|m_-?\d{1,24}|yiv\d{1,16}|ydp[0-9a-f]{1,16}?(?=yahoo|signature))+")
_SUFFIX = lazy_pattern(r"_\d{1,24}\Z")
_MOST_NAMES: Final = 20
_OUTLOOK_RULE = lazy_pattern(
    r"border:none;border-top:(?:solid|double)[^;]{1,40};padding:3\.0pt0(?:in|cm|mm)?0(?:in|cm|mm)?0(?:in|cm|mm)?;?\Z"
)
"""The line that Outlook for Windows and Mac draws above a header block, the colour differing by version; spaces left out."""
_OUTLOOK_BAR = lazy_pattern(
    r"border:none;border-left:[^;]{1,40};padding:0(?:in|cm|mm|pt)?0(?:in|cm|mm|pt)?0(?:in|cm|mm|pt)?[34]\.0pt;?\Z"
)
"""The line at the left, which it draws where it is set to mark the original text by one."""


def mark_of(attributes: Mapping[str, str]) -> str | None:
    """Return which of our marks an element gets for its class, id, name, type and style, or None."""
    given = attributes.get("class", "").split()[:_MOST_NAMES]
    for name in (*given, attributes.get("id", ""), attributes.get("name", "")):
        if name and len(name) <= 100 and (mark := _mark(name.lower())):
            return mark
    if attributes.get("name", "").lower() == "quote":  # GMX and web.de
        return HISTORY
    if attributes.get("type", "").lower() == "cite":
        return QUOTE
    style = attributes.get("style", "")
    if not 40 <= len(style) <= 200:
        return None
    drawn = "".join(style.split()).lower()
    if _OUTLOOK_RULE.match(drawn):
        return QUOTE_START
    return BAR if _OUTLOOK_BAR.match(drawn) else None


def _mark(name: str) -> str | None:
    return _MARKS.get(name) or _MARKS.get(_SUFFIX.sub("", _PREFIX.sub("", name, count=1)))
