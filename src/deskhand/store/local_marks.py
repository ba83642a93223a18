"""What `desk.db` alone knows of a ticket and its row shows: Later, pins, links and how a draft begins."""

import apsw

from deskhand.content.preview import preview
from deskhand.domain.ids import TicketKey
from deskhand.domain.later import RETURN

from .database import Work
from .local_facts import DRAFT_LETTERS, NO_DATE, LocalMarks
from .timed_events import cancel_event


def marks_of(db: apsw.Connection, key: TicketKey) -> LocalMarks:
    """Return what the row of a ticket shows of them."""
    names = {"a": key.account, "t": key.remote}
    pinned = int(db.execute("SELECT EXISTS(SELECT 1 FROM pins WHERE account = :a AND ticket = :t)", names).get)
    linked = int(_is_linked(db, key))
    found = db.execute(
        "SELECT until, stays, reason, back_at, replies FROM later WHERE account = :a AND ticket = :t", names
    ).fetchone()
    if found is None:
        return LocalMarks(is_pinned=pinned, is_linked=linked)
    until, stays, reason, back_at, replies = found
    return LocalMarks(
        is_away=int(not back_at and not stays),
        is_reminder=int(not back_at and stays),
        is_back=int(back_at > 0),
        return_at=back_at or (NO_DATE if until is None else until),
        reason=reason,
        replies=replies,
        is_pinned=pinned,
        is_linked=linked,
    )


def draft_text(db: apsw.Connection, key: TicketKey) -> str | None:
    """Return how what is typed for a ticket begins, in one line; of several drafts the one changed last.

    Returns:
        At most `DRAFT_LETTERS` characters, so that a row stays as it is while a long text is typed on; empty where there are
        files or recipients and no words; None where nothing is typed.
    """
    found = db.execute(
        "SELECT substr(json_extract(body, '$.text'), 1, ?) FROM drafts WHERE account = ? AND ticket = ?"
        " ORDER BY changed_at DESC",
        (4 * DRAFT_LETTERS, key.account, key.remote),
    ).fetchall()
    if not found:
        return None
    beginnings = (preview(str(text or ""))[:DRAFT_LETTERS].rstrip() for (text,) in found)
    return next((beginning for beginning in beginnings if beginning), "")


def has_marks(db: apsw.Connection, key: TicketKey) -> bool:
    """Tell whether a ticket stands in Later, is pinned or linked with another one."""
    return _is_linked(db, key) or bool(
        db.execute(
            "SELECT EXISTS(SELECT 1 FROM later WHERE account = :a AND ticket = :t)"
            " OR EXISTS(SELECT 1 FROM pins WHERE account = :a AND ticket = :t)",
            {"a": key.account, "t": key.remote},
        ).get
    )


def _is_linked(db: apsw.Connection, key: TicketKey) -> bool:
    return bool(
        db.execute(
            "SELECT EXISTS(SELECT 1 FROM ticket_links WHERE account = :a AND ticket = :t)"
            " OR EXISTS(SELECT 1 FROM ticket_links WHERE other_account = :a AND other_ticket = :t)",
            {"a": key.account, "t": key.remote},
        ).get
    )


def delete_marks(work: Work, key: TicketKey) -> None:
    """Forget what stands in Later about a ticket, its pin and its links."""
    cancel_event(work, RETURN, key)
    for table in ("later", "pins"):
        work.db.execute(f"DELETE FROM {table} WHERE account = ? AND ticket = ?", (key.account, key.remote))
    for side in ("", "other_"):
        work.db.execute(
            f"DELETE FROM ticket_links WHERE {side}account = ? AND {side}ticket = ?", (key.account, key.remote)
        )


def end_return(work: Work, key: TicketKey) -> None:
    """Forget that a ticket came back, because it is done now; the caller shows it again."""
    work.db.execute("DELETE FROM later WHERE account = ? AND ticket = ? AND back_at > 0", (key.account, key.remote))
    work.precious = True
