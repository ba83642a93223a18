"""What each vendor's API does not offer, in a line, for somebody who has not added an account yet.

With an account, `Capabilities` tell more and are always right; this line holds for every account of a vendor.
"""

from PySide6.QtCore import QCoreApplication

from deskhand.domain.accounts import VendorInfo


def missing_features(vendor: VendorInfo) -> str:
    """Return what a vendor does not offer; empty where nothing is said."""
    return QCoreApplication.translate("VendorWords", vendor.not_offered) if vendor.not_offered else ""
