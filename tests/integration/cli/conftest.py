"""A sandbox in a process of its own, and the command line as a person types it."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from deskhand.vendors.registry import REGISTRY

_WITHOUT_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Asks this computer itself, whatever proxy the environment names."""

VENDORS = tuple(REGISTRY)
ME = "jane@example.com"
PASSPHRASE = "correct-horse-battery-7431"
COMMAND = [sys.executable, "-m", "deskhand"]


@dataclass(frozen=True)
class SandboxProcess:
    control: str
    vendors: dict[str, dict[str, Any]]

    def secret(self, vendor: str) -> str:
        credentials = self.vendors[vendor]["credentials"]
        return str(credentials.get("client_secret") or credentials["api_key"])

    def url(self, vendor: str) -> str:
        return str(self.vendors[vendor]["base_url"])

    def settings(self, vendor: str) -> list[str]:
        client = self.vendors[vendor]["credentials"].get("client_id")
        return ["--set", f"client_id={client}"] if client else []

    def ask(self, vendor: str, path: str, method: str = "GET", body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.control}/{vendor}/{path}", data, {"content-type": "application/json"}, method=method
        )
        with _WITHOUT_PROXY.open(request, timeout=30) as answer:
            return json.load(answer)

    def received(self, vendor: str, *kinds: str) -> list[dict[str, Any]]:
        return [entry for entry in self.ask(vendor, "received") if entry["kind"] in kinds]


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
        ran = subprocess.run(
            self.line(*arguments),
            input=given,
            capture_output=True,
            encoding="utf-8",
            timeout=90,
            check=False,
            env=environment(),
        )
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


@pytest.fixture(scope="module")
def synced_shell(tmp_path_factory: pytest.TempPathFactory, box: SandboxProcess) -> Shell:
    """A profile with an account of each vendor, in step. Shared by a module: tests leave the outbox empty."""
    shell = Shell(tmp_path_factory.mktemp("desk"), box)
    for vendor in VENDORS:
        shell.add(vendor, vendor)
    shell.run("sync", "--once")
    return shell
