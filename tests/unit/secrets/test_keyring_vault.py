"""The keyring's bad days that no real keyring has on demand: a keyring of our own misbehaves (cases S02)."""

import asyncio
import itertools
import threading

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError, PasswordSetError

from deskhand.domain.problems import VaultReason, VaultUnavailable
from deskhand.secrets.keyring_vault import MAX_SECRET_CHARS, KeyringVault
from deskhand.secrets.memory_vault import MemoryVault

SECRET = "canary-secret"


class FakeKeyring(KeyringBackend):
    """A keyring in memory that can be told to fail."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.items = {}
        self.raises = None
        self.drops_writes = False
        self.hangs = threading.Event()
        self.hangs.set()
        self.threads = set()

    def _do(self):
        self.threads.add(threading.current_thread().name)
        self.hangs.wait(60)
        if self.raises:
            raise self.raises

    def get_password(self, service, username):
        self._do()
        return self.items.get((service, username))

    def set_password(self, service, username, password):
        self._do()
        if not self.drops_writes:
            self.items[service, username] = password

    def delete_password(self, service, username):
        self._do()
        del self.items[service, username]


@pytest.fixture
def keyring_backend():
    return FakeKeyring()


@pytest.fixture
def vault(keyring_backend):
    vault = KeyringVault("p1", seconds=5, choose=lambda: (keyring_backend, "Drawer"))
    yield vault
    keyring_backend.hangs.set()
    vault.close()


async def test_a_secret_is_saved_under_the_profile_and_taken_away_again(vault, keyring_backend):
    assert await vault.get("db-key") is None
    await vault.put("db-key", SECRET)
    assert await vault.get("db-key") == SECRET
    assert keyring_backend.items == {("Deskhand/p1", "db-key"): SECRET}
    await vault.delete("db-key")
    await vault.delete("db-key")
    assert keyring_backend.items == {}
    assert vault.name == "Drawer"
    assert keyring_backend.threads == {"keyring"}


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (KeyringLocked("locked"), VaultReason.LOCKED),
        (NoKeyringError("none"), VaultReason.NO_KEYRING),
        (InitError("Prompt dismissed.."), VaultReason.NO_KEYRING),
        (FileNotFoundError("bus socket"), VaultReason.NO_KEYRING),
        (PasswordSetError(f"could not write {SECRET}"), VaultReason.DENIED),
        (KeyringError("(-128, 'User canceled')"), VaultReason.DENIED),
        (ValueError("anything"), VaultReason.DENIED),
    ],
)
async def test_each_failure_has_a_reason_and_names_no_secret(vault, keyring_backend, monkeypatch, problem, reason):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    keyring_backend.raises = problem
    with pytest.raises(VaultUnavailable) as caught:
        await vault.put("x", SECRET)
    assert caught.value.reason is reason
    assert SECRET not in caught.value.detail
    assert caught.value.__cause__ is None


async def test_a_dismissed_first_keyring_prompt_is_a_denial_where_there_is_a_screen(
    vault, keyring_backend, monkeypatch
):
    monkeypatch.setenv("DISPLAY", ":0")
    keyring_backend.raises = InitError("Prompt dismissed..")
    with pytest.raises(VaultUnavailable) as caught:
        await vault.get("x")
    assert caught.value.reason is VaultReason.DENIED


async def test_a_keyring_that_forgets_is_found_out_at_once(vault, keyring_backend):
    keyring_backend.drops_writes = True
    with pytest.raises(VaultUnavailable) as caught:
        await vault.put("x", SECRET)
    assert caught.value.reason is VaultReason.NOT_STORED


async def test_a_secret_too_long_for_windows_is_refused_everywhere(vault, keyring_backend):
    await vault.put("x", "a" * MAX_SECRET_CHARS)
    for secret in ("a" * (MAX_SECRET_CHARS + 1), "😀" * (MAX_SECRET_CHARS // 2 + 1)):
        with pytest.raises(VaultUnavailable) as caught:
            await vault.put("x", secret)
        assert caught.value.reason is VaultReason.NOT_STORED
    assert keyring_backend.items["Deskhand/p1", "x"] == "a" * MAX_SECRET_CHARS


async def test_a_hanging_keyring_is_given_up_and_used_again_when_it_answers(keyring_backend):
    vault = KeyringVault("p1", seconds=0.1, choose=lambda: (keyring_backend, "Drawer"))
    keyring_backend.hangs.clear()
    for _ in range(2):
        with pytest.raises(VaultUnavailable) as caught:
            await vault.get("x")
        assert caught.value.reason is VaultReason.HUNG
    keyring_backend.hangs.set()
    assert await vault.get("x", seconds=5) is None
    vault.close()


async def test_the_window_stays_alive_while_the_keyring_hangs(keyring_backend):
    """S02: the event loop never waits for more than its own work."""
    vault = KeyringVault("p1", seconds=1, choose=lambda: (keyring_backend, "Drawer"))
    keyring_backend.hangs.clear()
    loop, ticks = asyncio.get_running_loop(), itertools.count()

    def tick():
        next(ticks)
        if not keyring_backend.hangs.is_set():
            loop.call_later(0.005, tick)

    tick()
    with pytest.raises(VaultUnavailable):
        await vault.get("x")
    keyring_backend.hangs.set()
    assert next(ticks) > 5
    vault.close()


async def test_a_keyring_that_starts_late_is_found(keyring_backend):
    tries = []

    def choose():
        tries.append(1)
        if len(tries) == 1:
            raise VaultUnavailable(VaultReason.NO_KEYRING, "not yet")
        return keyring_backend, "Drawer"

    vault = KeyringVault("p1", choose=choose)
    with pytest.raises(VaultUnavailable):
        await vault.get("x")
    assert await vault.get("x") is None
    vault.close()


async def test_the_session_vault_forgets_with_its_object():
    vault = MemoryVault()
    await vault.put("x", SECRET)
    assert await vault.get("x") == SECRET
    await vault.delete("x")
    await vault.delete("x")
    assert await vault.get("x") is None
    assert vault.name == "This session only"
