"""What `deskhand doctor` looks at: Python, Qt, what this copy carries, keyring, database, clock, and each account."""

import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module

from deskhand.bootstrap import OpenProfile
from deskhand.doctor import installation
from deskhand.doctor.report import Check, Finding
from deskhand.domain import wording
from deskhand.domain.problems import DeskProblem, VaultUnavailable

SYSTEM: str = sys.platform
BUILT = datetime(2026, 11, 1, tzinfo=UTC)
"""A clock before this is wrong: certificates and tokens would look not valid yet."""


def checks(opened: OpenProfile | None, problem: DeskProblem | None) -> tuple[Check, ...]:
    """Return the checks.

    Args:
        opened: the profile, where it could be opened.
        problem: else, why not.
    """

    async def profile() -> Sequence[Finding]:
        return await _accounts(opened) if opened is not None else ()

    async def vault() -> Sequence[Finding]:
        return (await _vault(opened, problem),)

    async def database() -> Sequence[Finding]:
        return (_database(opened, problem),)

    return (_python, _qt, installation.look, vault, database, _clock, profile)


async def _python() -> Sequence[Finding]:
    well = (3, 11) <= sys.version_info < (3, 15)
    return (Finding("Python", well, f"{platform.python_version()} on {platform.platform(terse=True)}"),)


async def _qt() -> Sequence[Finding]:
    try:
        core = import_module("PySide6.QtCore")
        import_module("PySide6.QtWidgets")
    except ImportError as error:
        return (Finding("Qt", False, f"A system library is missing: {error}. Install the package that brings it."),)
    version = core.qVersion()
    chosen = os.environ.get("QT_QPA_PLATFORM")
    if chosen:
        return (Finding("Qt", True, f"{version}, platform {chosen} by QT_QPA_PLATFORM"),)
    if SYSTEM in ("win32", "darwin"):
        return (Finding("Qt", True, version),)
    for variable, name in (("WAYLAND_DISPLAY", "wayland"), ("DISPLAY", "xcb")):
        if os.environ.get(variable):
            return (Finding("Qt", True, f"{version}, platform {name}"),)
    return (Finding("Qt", None, f"{version}; there is no display here, only --platform offscreen works"),)


async def _vault(opened: OpenProfile | None, problem: DeskProblem | None) -> Finding:
    if opened is not None:
        return Finding("Secrets", True, f"kept in {opened.vault.name}")
    if isinstance(problem, VaultUnavailable):
        message = wording.problem(problem, "")
        return Finding("Secrets", False, f"{message} {problem.detail}".strip())
    return Finding("Secrets", None, "not reached")


def _database(opened: OpenProfile | None, problem: DeskProblem | None) -> Finding:
    if opened is not None:
        notices = " ".join(opened.services.notices)
        return Finding("Database", not notices, notices or f"open and encrypted in {opened.profile.folder}")
    if problem is None or isinstance(problem, VaultUnavailable):
        return Finding("Database", None, "not opened, because its key could not be read")
    return Finding("Database", False, wording.problem(problem, "Deskhand"))


async def _clock() -> Sequence[Finding]:
    now = datetime.now(UTC)
    message = f"{now:%Y-%m-%d %H:%M} UTC"
    return (Finding("Clock", now >= BUILT, message if now >= BUILT else f"{message} is in the past; set it right"),)


async def _accounts(opened: OpenProfile) -> Sequence[Finding]:
    findings = []
    accounts = opened.services.accounts
    for account in accounts.all():
        vendor = accounts.vendor(account).name
        name = f"{account.label} ({vendor})"
        try:
            report = await accounts.check(account.id)
        except DeskProblem as problem:
            findings.append(Finding(name, False, wording.problem(problem, vendor, goes_on=False)))
        else:
            findings.append(Finding(name, True if report.verified else None, report.note or "the credentials work"))
    if not findings:
        findings.append(Finding("Accounts", None, "none yet"))
    return findings
