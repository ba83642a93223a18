"""The installer under wine: installed, driven as an agent would, upgraded, refused, uninstalled and purged."""

import json
import tempfile
import time
from pathlib import Path

from deskdev.steps import note

from deskpack import product
from deskpack.check_program import judged
from deskpack.checking import Failed, Report
from deskpack.windows import wine
from deskpack.windows.wine_desk import LABEL, PREVIOUS, STALE, VENDOR, Desk, Sandbox, older, until

ARP = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{product.IDENTIFIER}"
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
SCHEME = rf"Software\Classes\{product.SCHEME}\shell\open\command"
NEWER_IS_THERE, IS_RUNNING = 3, 4
"""Exit codes of the installer."""

ANSWER = "The missing part is on its way, with our apologies."
DRAFT = "We will call you back about this tomorrow."


def check(package: Path, payload: Path, report: Report, pictures: Path | None) -> None:
    """Try the installer.

    Args:
        package: the installer.
        payload: what it installs, unpacked.
        report: hears what holds.
        pictures: where screenshots go.

    Raises:
        SetupError: wine cannot be had, or the previous version cannot be built.
    """
    with tempfile.TemporaryDirectory(prefix="deskhand-previous-") as work, wine.session("check-exe") as session:
        desk = Desk(session)
        desk.home = session.home / "AppData/Local/Programs" / product.NAME
        previous = session.put(older(payload, Path(work), ".exe"))
        current = session.put(package)
        note("-- Windows by wine 10, for one user")
        _first(desk, report, previous, pictures)
        with desk.sandbox(payload) as box:
            _work(desk, report, box, pictures)
            _upgrade(desk, report, box, current, pictures)
        _refuse(desk, report, previous)
        _remove(desk, report, current)
        _by_hand(desk, report, current, pictures)
        note("-- for everybody")
        _for_all(desk, report, current)


def _first(desk: Desk, report: Report, previous: str, pictures: Path | None) -> None:
    with report.look(f"{PREVIOUS} installed silently, with a desktop icon and autostart") as details:
        details.append(f"{desk.expect(previous, '/S', '/DESKTOP', '/AUTOSTART'):.1f} s")
        _refuse_missing(desk, PREVIOUS, "HKCU")
    with report.look("icon in the Start menu and on the desktop"):
        if missing := [str(link) for link in _links(desk) if not link.exists()]:
            raise Failed(", ".join(missing))
    with report.look("--version"):
        said = desk.cli("--version").strip()
        if said != f"{product.NAME} {product.version()}":
            raise Failed(said)
    with report.look("doctor --json") as details:
        details.append(judged(0, desk.cli("doctor", "--json")))
    with report.look("first start, and Ctrl+Q ends it") as details, desk.window() as taken:
        details.append(f"window after {taken:.1f} s")
        desk.photograph(pictures / "windows-first-start.png" if pictures else None)


def _work(desk: Desk, report: Report, box: Sandbox, pictures: Path | None) -> None:
    with report.look("an account by command, its secret by standard input, in Credential Manager") as details:
        adding, secret = box.adding()
        desk.cli(*adding, given=secret)
        details.append(_kept(desk, 2))
    with report.look("removing the account takes its secret out of Credential Manager") as details:
        desk.cli("accounts", "remove", LABEL)
        details.append(_kept(desk, 1))
    with report.look("an account by the window's form, by keyboard") as details, desk.window():
        desk.keys("Return")
        until(lambda: desk.seen("^Add an account"), "the form")
        here = box.told["vendors"][VENDOR]
        desk.type(LABEL)
        desk.keys("Tab", "ctrl+a", after=0.3)
        desk.type(here["base_url"])
        desk.keys("Tab", "Tab", after=0.3)
        desk.type(here["credentials"]["client_id"])
        desk.keys("Tab", after=0.3)
        desk.type(here["credentials"]["client_secret"])
        # The eye beside the secret is a stop too.
        desk.keys("Tab", "Tab", after=0.3)
        desk.type("jane@example.com")
        desk.keys("Return")
        until(lambda: LABEL in desk.cli("accounts", "list", "--json"), "the account")
        details.append(_kept(desk, 2))
    with report.look("a ticket read and answered by keyboard, once in the sandbox's journal") as details, desk.window():
        until(lambda: _tickets(desk), "tickets")
        desk.keys("j", after=2)
        desk.keys("r")
        desk.type(ANSWER)
        desk.photograph(pictures / "windows-reply.png" if pictures else None)
        started = time.monotonic()
        desk.keys("ctrl+Return")
        arrived = until(lambda: box.received(ANSWER), "the reply at the vendor")
        details.append(f"arrived {len(arrived)} time after {time.monotonic() - started:.0f} s, ten of them to undo")
        until(lambda: ANSWER in _shown(desk, arrived[0]["ticket"]), "the reply in `show`")
        if len(arrived) != 1 or '"sent"' not in desk.cli("outbox", "--json"):
            raise Failed(f"{len(arrived)} times; outbox: {desk.cli('outbox', '--json')[-200:]}")
    with report.look("a draft left in the window"), desk.window():
        desk.keys("j", after=2)
        desk.keys("r")
        desk.type(DRAFT)
        time.sleep(2)


def _kept(desk: Desk, wanted: int) -> str:
    """Count what Credential Manager keeps of the program: the database's key, and a secret for each account."""
    found = [line for line in desk.credentials() if f"{product.NAME}/" in line]
    if len(found) != wanted:
        raise Failed(f"there are {found}")
    return f"{wanted} of {product.NAME} there"


def _upgrade(desk: Desk, report: Report, box: Sandbox, current: str, pictures: Path | None) -> None:
    with report.look("upgrade and uninstallation are refused while the window is open"), desk.window():
        desk.expect(current, "/S", code=IS_RUNNING)
        desk.expect(
            desk.windows_path(desk.home / "uninstall.exe"), "/S", f"_?={desk.windows_path(desk.home)}", code=IS_RUNNING
        )
    with report.look(f"upgrade to {product.version()}, its choices and the folder as they were") as details:
        details.append(f"{desk.expect(current, '/S'):.1f} s")
        _refuse_missing(desk, product.version(), "HKCU")
        if (desk.home / "_internal" / STALE).exists():
            raise Failed(f"{STALE} of the older version is still there")
        if not all(link.exists() for link in _links(desk)) or desk.value(rf"HKCU\{RUN}", product.NAME) is None:
            raise Failed("the desktop icon or autostart is gone")
    with report.look("the account is still there"):
        labels = [account["label"] for account in json.loads(desk.cli("accounts", "list", "--json"))]
        if labels != [LABEL]:
            raise Failed(str(labels))
    with report.look("the draft is still there, and is sent once"), desk.window():
        until(lambda: _tickets(desk), "tickets")
        desk.keys("j", after=2)
        desk.keys("r")
        desk.photograph(pictures / "windows-draft-kept.png" if pictures else None)
        desk.keys("ctrl+Return")
        if len(until(lambda: box.received(DRAFT), "the draft at the vendor")) != 1:
            raise Failed("it arrived more than once")


def _refuse(desk: Desk, report: Report, previous: str) -> None:
    with report.look("a downgrade is refused"):
        desk.expect(previous, "/S", code=NEWER_IS_THERE)
        _refuse_missing(desk, product.version(), "HKCU")


def _remove(desk: Desk, report: Report, current: str) -> None:
    with report.look("uninstalled silently, the agent's data kept") as details:
        desk.expect(desk.windows_path(desk.home / "uninstall.exe"), "/S", f"_?={desk.windows_path(desk.home)}")
        _refuse_left(desk, "HKCU")
        kept = sorted(path.name for path in desk.data.iterdir())
        details.append(f"kept {', '.join(kept)}")
        if "desk.db" not in kept:
            raise Failed(details[0])
    with report.look("installed anew without a word: neither desktop icon nor autostart, the account as before"):
        desk.expect(current, "/S")
        if _links(desk)[1].exists() or desk.value(rf"HKCU\{RUN}", product.NAME) is not None:
            raise Failed("a desktop icon or autostart nobody asked for")
        if LABEL not in desk.cli("accounts", "list", "--json"):
            raise Failed("the account is gone")
    with report.look("the command that Windows keeps for removal, with /PURGE: the data are gone"):
        desk.expect(*_removal(desk, "HKCU"), "/PURGE")
        until(lambda: not desk.home.exists(), "the folder's removal")
        until(lambda: not desk.data.exists(), "the data's removal", 10)


def _by_hand(desk: Desk, report: Report, current: str, pictures: Path | None) -> None:
    with report.look("the wizard, by keyboard"):
        process = desk.session.start("wine", current)
        wizard = until(lambda: desk.seen("Setup$"), "the wizard")
        time.sleep(2)
        desk.keys("Return", "Return", after=1.5)
        desk.photograph(pictures / "windows-installer.png" if pictures else None, wizard)
        desk.keys("Return", "Return", after=1.5)
        until(lambda: desk.value(rf"HKCU\{ARP}", "DisplayVersion") == product.version(), "the installation")
        time.sleep(2)
        # The last page starts the program.
        desk.keys("Return")
        until(lambda: process.poll() is not None, "the wizard's end")
        window = until(lambda: desk.seen(f"^{product.NAME}$"), "the program that the wizard starts")
        time.sleep(2)
        desk.session.run("xdotool", "windowactivate", "--sync", window)
        desk.keys("ctrl+q")
        until(lambda: desk.seen(f"^{product.NAME}$") is None, "the program's end")
        time.sleep(2)
        desk.expect(
            desk.windows_path(desk.home / "uninstall.exe"), "/S", "/PURGE", f"_?={desk.windows_path(desk.home)}"
        )


def _for_all(desk: Desk, report: Report, current: str) -> None:
    desk.home = desk.session.drive / "Program Files" / product.NAME
    with report.look("/AllUsers /S: into Program Files") as details:
        details.append(f"{desk.expect(current, '/AllUsers', '/S'):.1f} s")
        _refuse_missing(desk, product.version(), "HKLM")
        details.append(desk.cli("--version").strip())
    with report.look("uninstalled for everybody"):
        desk.expect(*_removal(desk, "HKLM"))
        until(lambda: not desk.home.exists(), "the folder's removal")
        _refuse_left(desk, "HKLM")


def _removal(desk: Desk, hive: str) -> list[str]:
    """Return the command that Windows keeps for a silent removal."""
    line = desk.value(rf"{hive}\{ARP}", "QuietUninstallString") or ""
    program, _, rest = line.removeprefix('"').partition('"')
    return [program, *rest.split()]


def _links(desk: Desk) -> tuple[Path, Path]:
    user = desk.session.home
    menu = user / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"
    return menu / f"{product.NAME}.lnk", user / "Desktop" / f"{product.NAME}.lnk"


def _tickets(desk: Desk) -> bool:
    return bool(json.loads(desk.cli("tickets", "--json", "--scope", "mine_open")))


def _shown(desk: Desk, ticket: str) -> str:
    return desk.cli("show", f"{LABEL}/{ticket}", "--json", "--offline")


def _refuse_missing(desk: Desk, version: str, hive: str) -> None:
    program = desk.windows_path(desk.home / f"{product.COMMAND}.exe")
    said = {
        "DisplayVersion": desk.value(rf"{hive}\{ARP}", "DisplayVersion") == version,
        "QuietUninstallString": bool(desk.value(rf"{hive}\{ARP}", "QuietUninstallString")),
        "EstimatedSize": bool(desk.value(rf"{hive}\{ARP}", "EstimatedSize")),
        "URLInfoAbout": desk.value(rf"{hive}\{ARP}", "URLInfoAbout") == product.HOMEPAGE,
        f"{product.SCHEME}:": desk.value(rf"{hive}\{SCHEME}") == f'"{program}" "%1"',
        "the program": (desk.home / f"{product.COMMAND}.exe").exists(),
    }
    if wrong := [what for what, holds in said.items() if not holds]:
        raise Failed(f"wrong or missing: {', '.join(wrong)}")


def _refuse_left(desk: Desk, hive: str) -> None:
    left = [
        key for key in (ARP, SCHEME) if desk.value(rf"{hive}\{key}", "DisplayName" if key == ARP else "") is not None
    ]
    left += [str(link) for link in _links(desk) if link.exists()]
    if desk.home.exists():
        left += [path.name for path in desk.home.iterdir() if path.name != "uninstall.exe"]
    if left:
        raise Failed(f"left: {', '.join(left)}")
