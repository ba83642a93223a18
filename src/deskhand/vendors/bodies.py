"""Is a body HTML? Asked where a vendor takes both and says neither."""

import re

from deskhand.domain.capabilities import BodyFormat

_TAG = re.compile(
    r"<(?:!doctype|/?(?:a|abbr|address|article|b|blockquote|body|br|center|code|col|dd|del|div|dl|dt|em|font|h[1-6]|head|hr|html|i|"
    r"img|ins|li|meta|ol|p|pre|s|section|small|span|strike|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul)"
    r"(?:\s[^<>]*)?/?)>",
    re.IGNORECASE,
)


def body_format(body: str) -> BodyFormat:
    """Return HTML where the text holds a whole tag of the kind that mail and editors write.

    `a < b` and `<0>` are plain. A plain text that quotes a tag is taken as HTML and washed, which is safe.
    """
    return BodyFormat.HTML if _TAG.search(body) else BodyFormat.PLAIN
