"""Messages as the window gets them."""

import pytest
from tests.helpers.mail_corpus import collapse, words_of

from deskhand.domain import plain
from deskhand.domain.capabilities import BodyFormat
from deskhand.domain.threads import Attachment, Message, RemoteMessage, Side, Visibility
from deskhand.domain.tickets import Person
from deskhand.sync.sanitizing import sanitize_message

ANN = Person("Ann Lee", "ann@home.example")
PLAIN = (
    "Red, please.\n\n-- \nAnn Lee\n\n"
    "On Mon, Mar 3, 2025 at 10:00 AM Bob Vance <bob@shop.example> wrote:\n> Which colour?\n"
)
HTML = (
    "<div>Red, please.</div><div>--<br>Ann Lee</div><div class='gmail_quote'><div class='gmail_attr'>On Mon, Mar 3, 2025"
    " at 10:00 AM Bob Vance &lt;bob@shop.example&gt; wrote:</div><blockquote class='gmail_quote'>Which colour?</blockquote></div>"
)


def washed(body: str, kind: BodyFormat) -> Message:
    return sanitize_message(RemoteMessage("m1", ANN, Side.CUSTOMER, Visibility.PUBLIC, body, kind, None), "")


@pytest.mark.parametrize(("body", "kind"), [(PLAIN, BodyFormat.PLAIN), (HTML, BodyFormat.HTML)], ids=["plain", "html"])
def test_a_reply_comes_in_three_parts_whatever_its_format(body: str, kind: BodyFormat):
    message = washed(body, kind)
    assert words_of(message.html) == "Red, please."
    assert words_of(message.signature) == "-- Ann Lee"
    assert words_of(message.quote).startswith("On Mon, Mar 3, 2025")
    assert words_of(message.quote).endswith("Which colour?")
    assert {"Red,", "Ann", "colour?"} <= set(collapse(message.text).split())


def test_the_parts_survive_being_stored():
    message = washed(PLAIN, BodyFormat.PLAIN)
    assert plain.loads(Message, plain.dumps(message)) == message


def test_a_message_that_an_older_version_stored_has_no_signature():
    older = plain.dumps(washed("Red, please.", BodyFormat.PLAIN)).replace('"signature":"",', "")
    assert "signature" not in older
    assert plain.loads(Message, older).signature == ""


@pytest.mark.parametrize(
    ("files", "kind", "host"),
    [
        ((Attachment("f", "a.png", url="https://api.example/a", content_id="a@1", own_server=True),), "cid", ""),
        ((Attachment("f", "a.png", url="https://cdn.example/a", content_id="a@1"),), "elsewhere", "cdn.example"),
        ((Attachment("f", "a.png", url="https://例え.jp/a", content_id="a@1"),), "elsewhere", "xn--r8jz45g.jp"),
        ((Attachment("f", "a.png", url="\x00", content_id="a@1"),), "elsewhere", ""),
        ((Attachment("f", "a.png", content_id="a@1"),), "cid", ""),
        ((), "cid", ""),
    ],
    ids=["own", "foreign", "idn", "unreadable", "no address", "no file"],
)
def test_a_part_that_lies_on_another_host_is_blocked_like_a_remote_picture(
    files: tuple[Attachment, ...], kind: str, host: str
):
    remote = RemoteMessage(
        "m1", ANN, Side.CUSTOMER, Visibility.PUBLIC, '<p><img src="cid:a@1">', BodyFormat.HTML, None, attachments=files
    )
    (picture,) = sanitize_message(remote, "").pictures
    assert (picture.kind, picture.host, picture.blocked) == (kind, host, kind == "elsewhere")
