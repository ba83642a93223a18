"""Cases S03 and S08, on a real file."""

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deskhand.domain.problems import VaultReason, VaultUnavailable
from deskhand.secrets.passphrase_vault import PassphraseVault

CANARY = "canary-secret-0123456789"


@pytest.fixture
async def vault(tmp_path):
    vault = PassphraseVault(tmp_path / "profile" / "vault.db")
    yield vault
    await vault.lock()
    vault.close()


def without_copy(vault_db: Path) -> Path:
    """Return the file of a vault of which no copy is left."""
    vault_db.with_name("vault.db.copy").unlink()
    return vault_db


async def reason_of(call) -> VaultReason:
    with pytest.raises(VaultUnavailable) as caught:
        await call
    return caught.value.reason


async def test_a_secret_comes_back_after_a_restart_and_lies_encrypted_on_disk(vault, tmp_path):
    await vault.create("öpen it's")
    await vault.put("a", CANARY)
    await vault.put("b", "other")
    await vault.delete("b")
    await vault.delete("b")
    await vault.lock()
    assert await reason_of(vault.get("a")) is VaultReason.LOCKED
    again = PassphraseVault(tmp_path / "profile" / "vault.db")
    await again.open("o\u0308pen it's")  # the same letters from another keyboard
    assert await again.get("a") == CANARY
    assert await again.get("b") is None
    await again.lock()
    again.close()
    for file in (tmp_path / "profile").iterdir():
        assert CANARY.encode() not in file.read_bytes()
        assert b"SQLite format" not in file.read_bytes()
        if sys.platform != "win32":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_ten_wrong_passphrases_slow_down_and_lose_nothing(tmp_path):
    """S08."""
    pauses = []

    async def pause(seconds):
        pauses.append(seconds)

    vault = PassphraseVault(tmp_path / "vault.db", pause=pause)
    await vault.create("right")
    await vault.put("a", CANARY)
    await vault.lock()
    for number in range(10):
        assert await reason_of(vault.open(f"wrong {number}")) is VaultReason.WRONG_PASSPHRASE
        assert not vault.is_open
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 30]
    await vault.open("right")
    assert await vault.get("a") == CANARY
    await vault.lock()
    await vault.open("right")
    assert len(pauses) == 9  # a right one ends the slow-down
    await vault.lock()
    vault.close()


async def test_creating_never_overwrites(vault):
    """S03."""
    await vault.create("one")
    await vault.put("a", CANARY)
    with pytest.raises(FileExistsError):
        await vault.create("two")
    assert await vault.get("a") == CANARY


async def test_the_passphrase_can_be_changed_by_who_knows_it(vault):
    await vault.create("old")
    await vault.put("a", CANARY)
    assert await reason_of(vault.change("not old", "new")) is VaultReason.WRONG_PASSPHRASE
    assert await vault.get("a") == CANARY
    await vault.change("old", "new")
    assert await vault.get("a") == CANARY
    assert await reason_of(vault.open("old")) is VaultReason.WRONG_PASSPHRASE
    await vault.lock()
    await vault.open("new")
    assert await vault.get("a") == CANARY


async def test_what_cannot_be_opened_or_made_says_so(vault, tmp_path):
    assert await reason_of(vault.open("x")) is VaultReason.KEY_MISSING
    assert await reason_of(vault.create("")) is VaultReason.NOT_STORED
    (tmp_path / "file").write_text("x")
    blocked = PassphraseVault(tmp_path / "file" / "vault.db")
    assert await reason_of(blocked.create("x")) is VaultReason.NOT_STORED
    blocked.close()
    # The system opens no file where a folder is, as where the right to read is missing.
    refused = PassphraseVault(tmp_path)
    assert await reason_of(refused.open("x")) is VaultReason.FILE_REFUSED
    refused.close()


async def test_a_passphrase_that_looks_like_a_key_is_only_a_passphrase(vault):
    await vault.create("raw:" + "0" * 64)
    await vault.put("a", CANARY)
    await vault.lock()
    assert await reason_of(vault.open("raw:" + "0" * 63 + "1")) is VaultReason.WRONG_PASSPHRASE


@pytest.mark.parametrize("left", [0, 4096, 6000], ids=["empty", "first page", "cut off"])
async def test_a_damaged_file_is_named_as_such_and_not_as_a_refusal_of_the_keyring(vault, tmp_path, left):
    await vault.create("x")
    await vault.put("a", CANARY)
    await vault.lock()
    path = without_copy(tmp_path / "profile" / "vault.db")
    path.write_bytes(path.read_bytes()[:left])
    assert await reason_of(vault.open("x")) is VaultReason.DAMAGED
    assert path.stat().st_size == left


@pytest.mark.parametrize("page", [1, 2])
async def test_a_damaged_page_behind_the_first_is_damage_and_no_refusal_to_save(vault, tmp_path, page):
    await vault.create("x")
    await vault.put("a", CANARY)
    await vault.lock()
    path = without_copy(tmp_path / "profile" / "vault.db")
    data = bytearray(path.read_bytes())
    data[page * 4096 + 700] ^= 1
    path.write_bytes(data)

    async def read() -> None:
        await vault.open("x")
        await vault.get("a")

    assert await reason_of(read()) is VaultReason.DAMAGED


async def test_a_file_of_zeros_as_a_power_cut_leaves_it_is_not_called_a_wrong_passphrase(vault, tmp_path):
    await vault.create("x")
    await vault.lock()
    path = without_copy(tmp_path / "profile" / "vault.db")
    path.write_bytes(bytes(path.stat().st_size))
    assert await reason_of(vault.open("x")) is VaultReason.DAMAGED


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= 1
    path.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a bit of the salt": lambda path: flip(path, 3),
    "a bit of the first page": lambda path: flip(path, 2000),
    "a bit of the last page": lambda path: flip(path, -700),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:6000]),
    "empty": lambda path: path.write_bytes(b""),
    "zeros": lambda path: path.write_bytes(bytes(path.stat().st_size)),
    "another file": lambda path: path.write_text("hello"),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
async def test_a_damaged_file_is_replaced_by_its_copy_and_nothing_is_missing(vault, tmp_path, damage):
    await vault.create("x")
    await vault.put("a", CANARY)
    await vault.put("b", "other")
    await vault.lock()
    damage(tmp_path / "profile" / "vault.db")
    assert vault.exists
    with pytest.raises(VaultUnavailable):
        await vault.open("not x")
    await vault.open("x")
    assert (await vault.get("a"), await vault.get("b")) == (CANARY, "other")
    await vault.put("c", "new")
    await vault.lock()
    damage(tmp_path / "profile" / "vault.db")
    await vault.open("x")  # the copy is made again after each change
    assert await vault.get("c") == "new"


async def test_no_copy_opens_with_an_earlier_passphrase_or_gives_back_what_was_removed(vault, tmp_path):
    await vault.create("old")
    await vault.put("a", CANARY)
    await vault.put("b", "other")
    await vault.delete("a")
    await vault.change("old", "new")
    await vault.lock()
    flip(tmp_path / "profile" / "vault.db", 2000)
    with pytest.raises(VaultUnavailable):
        await vault.open("old")
    await vault.open("new")
    assert (await vault.get("a"), await vault.get("b")) == (None, "other")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses no folder to its owner")
async def test_a_copy_that_cannot_be_written_stops_nothing(vault, tmp_path):
    await vault.create("x")
    (tmp_path / "profile" / "vault.db.copy").unlink()
    (tmp_path / "profile" / "vault.db.copy.part").mkdir()
    await vault.put("a", CANARY)
    await vault.lock()
    await vault.open("x")
    assert await vault.get("a") == CANARY
