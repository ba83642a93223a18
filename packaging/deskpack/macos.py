"""The macOS bundle's description. Written from documents and checked as far as Linux can; never run."""

from deskpack import product

OLDEST_MACOS = "13.0"
"""The oldest that PySide6 6.11's wheels are tagged for."""


def property_list() -> dict[str, object]:
    """Return what `Info.plist` says beyond the names that PyInstaller fills in."""
    return {
        "CFBundleDisplayName": product.NAME,
        "CFBundleShortVersionString": product.version(),
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "LSApplicationCategoryType": "public.app-category.business",
        "NSHighResolutionCapable": True,
        "NSPrincipalClass": "NSApplication",
        "NSHumanReadableCopyright": product.COPYRIGHT,
        "CFBundleURLTypes": [{"CFBundleURLName": product.IDENTIFIER, "CFBundleURLSchemes": [product.SCHEME]}],
        # The sandbox of five vendors listens on this computer, without TLS.
        "NSAppTransportSecurity": {"NSAllowsLocalNetworking": True},
    }
