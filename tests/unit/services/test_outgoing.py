"""What leaves holds line ends and tabs, and no other control."""

import pytest

from deskhand.domain.commands import AddNote, CreateTicket, EditField, EditTags, PushRecord, SendReply
from deskhand.services.outgoing import clean

DIRTY = "Dear\vCasey\x1b,\u2028bye\x00\ufeff"


@pytest.mark.parametrize(
    ("action", "cleaned"),
    [
        (SendReply(DIRTY, f"<p>{DIRTY}</p>"), SendReply("Dear\nCasey,\nbye", "<p>Dear<br>Casey,<br>bye</p>")),
        (AddNote(DIRTY), AddNote("Dear\nCasey,\nbye")),
        (EditTags((DIRTY, "\x00"), (DIRTY,)), EditTags(("Dear Casey, bye",), (DIRTY,))),
        (EditField("subject", "Subject", DIRTY, DIRTY), EditField("subject", "Subject", DIRTY, "Dear Casey, bye")),
        (EditField("cause", "Cause", None, DIRTY), EditField("cause", "Cause", None, "Dear\nCasey,\nbye")),
        (EditField("n", "N", None, 3), EditField("n", "N", None, 3)),
        (
            CreateTicket(DIRTY, {"title": DIRTY, "body": DIRTY, "tags": (DIRTY,), "urgent": True}),
            CreateTicket(
                "Dear Casey, bye",
                {"title": "Dear Casey, bye", "body": "Dear\nCasey,\nbye", "tags": ("Dear Casey, bye",), "urgent": True},
            ),
        ),
        (PushRecord("contact", "x", {"notes": DIRTY}), PushRecord("contact", "x", {"notes": "Dear\nCasey,\nbye"})),
    ],
)
def test_every_text_of_an_action_is_cleaned(action, cleaned) -> None:
    assert clean(action) == cleaned
    assert clean(cleaned) == cleaned
