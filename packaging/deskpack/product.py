"""The texts that every package says of Deskhand."""

import re

from deskdev.environment import CHECKOUT

NAME = "Deskhand"
COMMAND = "deskhand"
IDENTIFIER = "io.github.deskhand.Deskhand"
"""Desktop file, icon, AppStream, Flatpak and bundle identifier; `ui.app` names it to the desktop. Never change it after a release:
macOS ties keyring items to it, desktops their favourites.
"""
SCHEME = "deskhand"
GENERIC_NAME = "Helpdesk Client"
SUMMARY = "Answer the tickets of several helpdesks in one window"
DESCRIPTION = """\
One native window for support agents who answer tickets in several helpdesks at once: an account pane each, one ticket list, \
the conversation, a reply box.

Drafts and sends survive crashes, full disks and lost networks; nothing is sent twice. Credentials are kept in the system's \
keyring, tickets in an encrypted file on this computer. It works offline."""
"""Paragraphs, parted by an empty line."""
HOMEPAGE = "https://github.com/deskhand/deskhand"
"""The future home. It stands in every package and in nothing that the program calls."""
PUBLISHER = "Deskhand"
MAINTAINER = "Deskhand <packages@deskhand.invalid>"
LICENSE = "MIT"
COPYRIGHT = "2026 the Deskhand authors"


def version() -> str:
    """Return the version in `deskhand/__init__.py`, the only place where it is written."""
    text = (CHECKOUT / "src" / COMMAND / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([0-9]+\.[0-9]+\.[0-9]+)"$', text, re.MULTILINE)
    if found is None:
        raise ValueError("deskhand/__init__.py names no version of the form 1.2.3")
    return found[1]
