"""A sandbox in a process of its own, and the command line as a person types it."""

import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.commands import COMMAND, run_command

from deskhand.domain.accounts import SignInKind
from deskhand.domain.ids import VendorId
from deskhand.vendors.registry import REGISTRY

_WITHOUT_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Asks this computer itself, whatever proxy the environment names."""

VENDORS = tuple(REGISTRY)
ME = "jane@example.com"
PASSPHRASE = "correct-horse-battery-7431"


def sign_in_kind(vendor: str) -> SignInKind:
    """Return the way to sign in that an account is added with where none is named."""
    return REGISTRY[VendorId(vendor)].info.kinds[0]


@dataclass(frozen=True)
class SandboxProcess:
    control: str
    vendors: dict[str, dict[str, Any]]

    def secret(self, vendor: str) -> str:
        return str(self.vendors[vendor]["credentials"][sign_in_kind(vendor).secret.name])

    def url(self, vendor: str) -> str:
        return str(self.vendors[vendor]["base_url"])

    def settings(self, vendor: str) -> list[str]:
        given = self.vendors[vendor]["credentials"]
        fields = [field.name for field in sign_in_kind(vendor).fields if not field.secret and field.name in given]
        return [argument for name in fields for argument in ("--set", f"{name}={given[name]}")]

    def ask(self, vendor: str, path: str, method: str = "GET", body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.control}/{vendor}/{path}", data, {"content-type": "application/json"}, method=method
        )
        with _WITHOUT_PROXY.open(request, timeout=30) as answer:
            return json.load(answer)

    def received(self, vendor: str, *kinds: str) -> list[dict[str, Any]]:
        return [entry for entry in self.ask(vendor, "received") if entry["kind"] in kinds]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that need a profile with five accounts in one process: making it takes six starts of the program."""
    for item in items:
        if "synced_shell" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("synced"))


@pytest.fixture(scope="session")
def box() -> Iterator[SandboxProcess]:
    process = subprocess.Popen(
        [*COMMAND, "sandbox", "--json", "--attached", "--no-rate-limits", "--tickets", "60"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    yield SandboxProcess(told["control"], told["vendors"])
    process.stdin.close()
    assert process.wait(20) == 0
    process.stdout.close()


@dataclass
class Shell:
    """One profile with a passphrase vault. Keeps all that was said, for the search for secrets."""

    folder: Path
    box: SandboxProcess
    said: list[str] = field(default_factory=list)

    @property
    def profile(self) -> Path:
        return self.folder / "profile"

    def line(self, *arguments: str) -> list[str]:
        passphrase_file = self.folder / "passphrase"
        passphrase_file.write_text(PASSPHRASE + "\n", encoding="utf-8")
        vault = ["--vault", "passphrase", "--passphrase-file", str(passphrase_file)]
        return [*COMMAND, "--profile", str(self.profile), *vault, *arguments]

    def run(self, *arguments: str, given: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
        ran = run_command(self.line(*arguments)[len(COMMAND) :], environment(), given)
        self.said += [*arguments, ran.stdout, ran.stderr]
        assert "Traceback" not in ran.stderr, ran.stderr
        assert ran.returncode == code, (arguments, ran.returncode, ran.stdout[-500:], ran.stderr)
        return ran

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json").stdout)

    def add(self, vendor: str, label: str, *, code: int = 0, secret: str = "") -> subprocess.CompletedProcess[str]:
        where = ["--base-url", self.box.url(vendor), "--me", ME, *self.box.settings(vendor)]
        given = (secret or self.box.secret(vendor)) + "\n"
        return self.run("accounts", "add", vendor, "--label", label, *where, "--secret-stdin", given=given, code=code)

    def some_ticket(self, label: str, number: int = 0) -> str:
        """Return the name ACCOUNT/ID of an open ticket."""
        found = self.json("tickets", "--account", label, "--state", "open")
        return f"{label}/{found[number]['id']}"


def environment(**more: str) -> dict[str, str]:
    names = {"PATH", "LANG", "HOME", "LD_LIBRARY_PATH", "PYTHONPATH"}
    names |= {
        "SYSTEMROOT",
        "USERPROFILE",
        "APPDATA",
        "LOCALAPPDATA",
        "TEMP",
    }  # without these no Windows program gets far
    kept = {k: v for k, v in os.environ.items() if k.upper() in names}
    return {**kept, "DBUS_SESSION_BUS_ADDRESS": "disabled:", "PYTHONWARNINGS": "error", **more}


@pytest.fixture
def shell(tmp_path: Path, box: SandboxProcess) -> Shell:
    return Shell(tmp_path, box)


@pytest.fixture(scope="session")
def synced_profile(tmp_path_factory: pytest.TempPathFactory, box: SandboxProcess) -> Path:
    """A profile with an account of each vendor, in step; it is copied and stays as it is."""
    shell = Shell(tmp_path_factory.mktemp("synced"), box)
    for vendor in VENDORS:
        shell.add(vendor, vendor)
    shell.run("sync", "--once")
    return shell.profile


@pytest.fixture(scope="module")
def synced_shell(tmp_path_factory: pytest.TempPathFactory, box: SandboxProcess, synced_profile: Path) -> Shell:
    """Such a profile, shared by a module: tests leave the outbox empty."""
    shell = Shell(tmp_path_factory.mktemp("desk"), box)
    shutil.copytree(synced_profile, shell.profile)
    return shell
