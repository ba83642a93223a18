"""What a canned reply leaves to fill in: `{{first_name}}`, `{name}`."""

import re

PLACEHOLDER = re.compile(r"\{\{[^{}\n]{1,60}\}\}|\{[A-Za-z_][\w .-]{0,40}\}")


def placeholders(text: str) -> tuple[str, ...]:
    """Return what is still to fill in, each once."""
    return tuple(dict.fromkeys(found[0] for found in PLACEHOLDER.finditer(text)))
