"""The MSI under wine: installed and upgraded silently, its properties remembered, a downgrade refused, removed."""

import tempfile
from pathlib import Path

from deskdev.steps import note

from deskpack import product
from deskpack.check_program import judged
from deskpack.checking import Failed, Report
from deskpack.windows import wine
from deskpack.windows.wine_desk import PREVIOUS, STALE, Desk, older

SETUP = rf"HKLM\Software\{product.NAME}\Setup"
RUN = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Run"
SCHEME = rf"HKLM\Software\Classes\{product.SCHEME}\shell\open\command"
REFUSED = 1603 & 0xFF
"""What Linux sees of Windows' 1603: the lowest byte."""


def check(package: Path, payload: Path, report: Report, _pictures: Path | None) -> None:
    """Try the MSI.

    Args:
        package: the MSI.
        payload: what it installs, unpacked.
        report: hears what holds.

    Raises:
        SetupError: wine cannot be had, or the previous version cannot be built.
    """
    with tempfile.TemporaryDirectory(prefix="deskhand-previous-") as work, wine.session("check-msi") as session:
        desk = Desk(session, session.drive / "Program Files" / product.NAME)
        previous = session.put(older(payload, Path(work), ".msi"))
        current = session.put(package)
        note("-- Windows by wine 10, msiexec")
        with report.look(f"{PREVIOUS} by /qn, with a desktop icon and autostart and no Start menu") as details:
            said = ("STARTMENUSHORTCUT=0", "DESKTOPSHORTCUT=1", "AUTOSTART=1")
            details.append(f"{desk.expect('msiexec', '/i', previous, '/qn', *said):.1f} s")
            _refuse_other(desk, start_menu=False, desktop=True, autostart=True)
            if not (desk.home / "_internal" / STALE).exists():
                raise Failed(f"{STALE} was not installed")
        with report.look("doctor --json") as details:
            details.append(judged(0, desk.cli("doctor", "--json")))
        with report.look(
            f"upgrade to {product.version()} by /qn: what was chosen holds, the older files are gone"
        ) as details:
            details.append(f"{desk.expect('msiexec', '/i', current, '/qn'):.1f} s")
            _refuse_other(desk, start_menu=False, desktop=True, autostart=True)
            if (desk.home / "_internal" / STALE).exists():
                raise Failed(f"{STALE} is still there")
            details.append(desk.cli("--version").strip())
        with report.look("a downgrade is refused"):
            desk.expect("msiexec", "/i", previous, "/qn", code=REFUSED)
            _refuse_other(desk, start_menu=False, desktop=True, autostart=True)
        with report.look("the window comes and Ctrl+Q ends it") as details, desk.window() as taken:
            details.append(f"after {taken:.1f} s")
        with report.look("removed by /x /qn, the agent's data kept"):
            desk.expect("msiexec", "/x", current, "/qn")
            left = [str(desk.home)] if desk.home.exists() else []
            left += [place for place in ("menu", "desktop") if _is_linked(desk, place)]
            left += [key for key in (SCHEME, SETUP) if desk.value(key, "Folder" if key == SETUP else "") is not None]
            if left or desk.value(RUN, product.NAME) is not None:
                raise Failed(f"left: {', '.join(left) or 'autostart'}")
            if not (desk.data / "desk.db").exists():
                raise Failed("the data are gone")
        with report.look("installed with its own folder and nothing said"):
            desk.home = desk.session.drive / "Desk"
            desk.expect("msiexec", "/i", current, "/qn", r"INSTALLDIR=C:\Desk")
            _refuse_other(desk, start_menu=True, desktop=False, autostart=False)
        with report.look("properties said later change what was said before"):
            desk.expect("msiexec", "/i", current, "/qn", "REINSTALL=ALL", "REINSTALLMODE=vomus", "AUTOSTART=1")
            if desk.value(SETUP, "Autostart") != "1":
                raise Failed(f"it is {desk.value(SETUP, 'Autostart')}")
            desk.expect("msiexec", "/x", current, "/qn")


def _is_linked(desk: Desk, place: str) -> bool:
    """Tell whether there is a link in the Start menu or on the desktop: everybody's on Windows, this user's under wine."""
    everybody, user = desk.session.drive, desk.session.home
    places = {
        "menu": (
            everybody / "ProgramData/Microsoft/Windows/Start Menu",
            user / "AppData/Roaming/Microsoft/Windows/Start Menu",
        ),
        "desktop": (everybody / "users/Public/Desktop", user / "Desktop"),
    }
    return any(any(one.rglob(f"{product.NAME}.lnk")) for one in places[place])


def _refuse_other(desk: Desk, *, start_menu: bool, desktop: bool, autostart: bool) -> None:
    """Compare what is installed with what was asked for."""
    program = desk.windows_path(desk.home / f"{product.COMMAND}.exe")
    holds = {
        "the program": (desk.home / f"{product.COMMAND}.exe").exists(),
        f"{product.SCHEME}:": desk.value(SCHEME) == f'"{program}" "%1"',
        "Start menu": _is_linked(desk, "menu") == start_menu,
        "desktop icon": _is_linked(desk, "desktop") == desktop,
        "autostart": desk.value(RUN, product.NAME) == (f'"{program}"' if autostart else None),
    }
    if wrong := [what for what, right in holds.items() if not right]:
        raise Failed(f"not as asked for: {', '.join(wrong)}")
