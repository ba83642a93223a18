"""Is a body HTML? Asked where a vendor takes both and says neither."""

from deskhand.content.line_breaks import is_html
from deskhand.domain.capabilities import BodyFormat


def body_format(body: str) -> BodyFormat:
    """Return HTML where the text was written as HTML; a plain text that only mentions a tag or two is plain."""
    return BodyFormat.HTML if is_html(body) else BodyFormat.PLAIN
