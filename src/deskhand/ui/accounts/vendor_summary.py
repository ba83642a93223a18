"""What each vendor's API does not offer, in a line, for somebody who has not added an account yet.

What it can do stands in `VendorInfo.summary`. With an account, `Capabilities` tell more and are always right; these lines say
what holds for every account of a vendor, after the capability tables of its adapter.
"""

from PySide6.QtCore import QCoreApplication

_MISSING_FEATURES = {
    "nexuscore": "No notes for colleagues: yours stay on this computer.",
    "thena": "No files, no copies to others and no tags.",
    "mijnklantportaal": "No new tickets, notes, assignees, tags or search; chats take no reply.",
    "routera": "No conversations, priorities, tags or search.",
    "thalamus": "Nothing can be read back: what you make or import here is the record.",
}


def missing_features(vendor: str) -> str:
    """Return what a vendor does not offer; empty for one that is not known here."""
    return QCoreApplication.translate("VendorWords", _MISSING_FEATURES[vendor]) if vendor in _MISSING_FEATURES else ""
