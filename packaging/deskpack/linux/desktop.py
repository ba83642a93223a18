"""What Deskhand tells a Linux desktop and its software centre about itself: desktop file, AppStream metainfo, manual page."""

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from deskdev.environment import CHECKOUT

from deskpack import product
from deskpack.changes import day, releases

LINUX = CHECKOUT / "packaging" / "linux"

CATEGORIES = ("Office", "ContactManagement", "Qt")
"""One main category only, so that the program stands in one menu."""

KEYWORDS = ("helpdesk", "support", "ticket", "customer", "reply", "inbox")

SCREENSHOTS = (
    ("main-light.png", "Accounts, tickets, the conversation and the customer in one window"),
    ("main-dark.png", "The same in dark colours"),
)
"""Pictures of `resources/screenshots`, with what they show; the first is the one that is shown first."""


def desktop_entry(command: str = product.COMMAND) -> str:
    """Return the desktop file.

    Args:
        command: what starts the program, as the desktop entry specification wants it quoted.
    """
    return f"""\
[Desktop Entry]
Type=Application
Name={product.NAME}
GenericName={product.GENERIC_NAME}
Comment={product.SUMMARY}
Exec={command} %u
Icon={product.IDENTIFIER}
Terminal=false
Categories={";".join(CATEGORIES)};
Keywords={";".join(KEYWORDS)};
MimeType=x-scheme-handler/{product.SCHEME};
StartupNotify=true
StartupWMClass={product.COMMAND}
"""


def metainfo() -> str:
    """Return the AppStream metainfo."""
    paragraphs = "\n".join(f"    <p>{escape(paragraph)}</p>" for paragraph in product.DESCRIPTION.split("\n\n"))
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{product.IDENTIFIER}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>{product.LICENSE}</project_license>
  <name>{product.NAME}</name>
  <summary>{escape(product.SUMMARY)}</summary>
  <developer id="{product.IDENTIFIER.rpartition(".")[0]}">
    <name>{escape(product.PUBLISHER)}</name>
  </developer>
  <description>
{paragraphs}
  </description>
  <launchable type="desktop-id">{product.IDENTIFIER}.desktop</launchable>
  <url type="homepage">{product.HOMEPAGE}</url>
  <url type="bugtracker">{product.HOMEPAGE}/issues</url>
  <url type="vcs-browser">{product.HOMEPAGE}</url>
  <branding>
    <color type="primary" scheme_preference="light">#dbe7fb</color>
    <color type="primary" scheme_preference="dark">#1d3557</color>
  </branding>
  <screenshots>
{_screenshots()}
  </screenshots>
  <content_rating type="oars-1.1"/>
  <provides>
    <binary>{product.COMMAND}</binary>
    <mediatype>x-scheme-handler/{product.SCHEME}</mediatype>
  </provides>
  <recommends>
    <display_length compare="ge">1000</display_length>
    <control>keyboard</control>
    <control>pointing</control>
  </recommends>
  <releases>
{_releases()}
  </releases>
</component>
"""


def manual(version: str = "") -> str:
    """Return the manual page, written by hand in `packaging/linux`, with version and date filled in."""
    text = (LINUX / f"{product.COMMAND}.1").read_text(encoding="utf-8")
    return text.replace("@VERSION@", version or product.version()).replace("@DATE@", day().strftime("%Y-%m-%d"))


def icons(drawn: Path) -> dict[str, Path]:
    """Return where each picture of the icon belongs below `share`, by `drawings.draw`'s folder."""
    found = {f"icons/hicolor/scalable/apps/{product.IDENTIFIER}.svg": CHECKOUT / "resources" / f"{product.COMMAND}.svg"}
    for picture in sorted(drawn.glob("*.png")):
        found[f"icons/hicolor/{picture.stem}x{picture.stem}/apps/{product.IDENTIFIER}.png"] = picture
    return found


def _screenshots() -> str:
    lines = []
    for number, (file, caption) in enumerate(SCREENSHOTS):
        default = ' type="default"' if number == 0 else ""
        address = f"{product.HOMEPAGE}/raw/v{product.version()}/resources/screenshots/{file}"
        lines += [
            f"    <screenshot{default}>",
            f"      <caption>{escape(caption)}</caption>",
            f"      <image>{escape(address)}</image>",
            "    </screenshot>",
        ]
    return "\n".join(lines)


def _releases() -> str:
    lines = []
    for release in releases():
        lines += [
            f"    <release version={quoteattr(release.version)} date={quoteattr(release.date)}>",
            "      <description>",
            "        <ul>",
            *(f"          <li>{escape(change)}</li>" for change in release.changes),
            "        </ul>",
            "      </description>",
            "    </release>",
        ]
    return "\n".join(lines)
