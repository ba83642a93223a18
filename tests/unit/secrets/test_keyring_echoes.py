"""A keyring's own message about a failure holds no trace of what it was given, however it writes that down."""

import base64
from urllib.parse import quote

import pytest
from keyring.backend import KeyringBackend

from deskhand.domain.problems import VaultUnavailable
from deskhand.secrets.keyring_vault import KeyringVault

SECRET = 'sk_live/9aBcD"3fGh1\\jKlMn0pQ'


class EchoingKeyring(KeyringBackend):
    """A keyring that refuses everything, and says what."""

    priority = 1

    def __init__(self, said: str) -> None:
        super().__init__()
        self._said = said

    def get_password(self, service: str, username: str) -> None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ValueError(f"cannot store {self._said} here")

    def delete_password(self, service: str, username: str) -> None:
        raise NotImplementedError


@pytest.mark.parametrize(
    "said",
    [
        SECRET,
        repr(SECRET),
        repr(SECRET.encode()),
        repr(SECRET.encode("utf-16-le")),
        SECRET[:16],
        SECRET.upper(),
        base64.b64encode(SECRET.encode()).decode(),
        quote(SECRET, safe=""),
        SECRET.encode().hex(),
    ],
)
async def test_a_keyring_that_repeats_what_it_was_given_gives_nothing_away(said):
    vault = KeyringVault("p1", seconds=5, choose=lambda: (EchoingKeyring(said), "Talkative"))
    with pytest.raises(VaultUnavailable) as caught:
        await vault.put("x", SECRET)
    vault.close()
    detail = caught.value.detail
    assert detail.startswith("ValueError: cannot store ")
    assert detail.endswith(" here")
    assert len(detail) < len("ValueError: cannot store ") + len(" here") + 12
