"""A keyring may give anything back: what is no key opens nothing and encrypts nothing."""

from pathlib import Path

import pytest

from deskhand import bootstrap
from deskhand.diagnostics.redaction import Redactor
from deskhand.domain.problems import ProfileKeyWrong
from deskhand.profile.profile import Profile
from deskhand.secrets.memory_vault import MemoryVault

NO_KEYS = ["", "hello", "5a" * 31, "5a" * 33, "zz" * 32, '{"password": "of somebody else"}', "\u00e4" * 64]


async def start(folder: Path, vault: MemoryVault) -> None:
    ownership = bootstrap.lock_profile(folder)
    try:
        opened = await bootstrap.open_profile(Profile.open_or_create(folder), vault, ownership, Redactor())
        await opened.aclose()
    finally:
        ownership.release()


@pytest.mark.parametrize("given", NO_KEYS)
async def test_what_is_no_key_does_not_open_what_is_stored_and_is_not_replaced(tmp_path: Path, given: str) -> None:
    vault = MemoryVault()
    await start(tmp_path / "profile", vault)
    before = (tmp_path / "profile" / "desk.db").read_bytes()
    await vault.put(bootstrap.DATABASE_KEY, given)
    with pytest.raises(ProfileKeyWrong):
        await start(tmp_path / "profile", vault)
    assert await vault.get(bootstrap.DATABASE_KEY) == given
    assert (tmp_path / "profile" / "desk.db").read_bytes() == before


@pytest.mark.parametrize("given", NO_KEYS)
async def test_a_new_profile_is_never_encrypted_with_what_is_no_key(tmp_path: Path, given: str) -> None:
    vault = MemoryVault()
    await vault.put(bootstrap.DATABASE_KEY, given)
    await start(tmp_path / "profile", vault)
    made = await vault.get(bootstrap.DATABASE_KEY)
    assert made is not None
    assert len(bytes.fromhex(made)) == 32
