"""What a filter says of an address or a number, as SQL with its values."""

import json

from deskhand.domain.filters.text_match import number_spellings

from .columns import SqlValue


def of_address(table: str, text: str) -> tuple[str, tuple[SqlValue, ...]]:
    """Return that the customer has this address, or one at this domain."""
    column = f"{table}.requester"
    if not text.startswith("@"):
        return f"({column} = ? AND {column} <> '')", (text,)
    if text == "@":
        return f"({column} <> '' AND ?)", (0,)  # a plain 0 would leave nothing that the index could answer
    return f"({column} <> '' AND substr({column}, ?) = ?)", (-len(text), text)


def with_recipient(text: str) -> tuple[str, tuple[SqlValue, ...]]:
    """Return the tickets of which an address got a copy; addresses are stored in one text, with a space around each."""
    beginning = "" if text.startswith("@") else " "
    part = f"{beginning}{text} " if "@" in text else text
    is_possible = text not in ("", "@") and " " not in text
    sql = "SELECT x.id FROM tickets x INDEXED BY recipients_of WHERE x.recipients <> '' AND instr(x.recipients, ?) > 0"
    return (sql, (part,)) if is_possible else ("SELECT 0 WHERE 0", ())


def with_number(text: str) -> tuple[str, tuple[SqlValue, ...]]:
    """Return the tickets with this number, or this id at their vendor."""
    sql = (
        "SELECT x.id FROM json_each(?) j CROSS JOIN tickets x INDEXED BY number_of ON x.number = j.value AND x.number <> ''"
        " UNION SELECT x.id FROM feeds a CROSS JOIN tickets x ON x.account = a.n AND x.remote = ?"
    )
    return sql, (json.dumps(sorted(number_spellings(text))), text)
