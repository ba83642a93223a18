"""The first commands on a new profile say what comes next."""

import pytest
from tests.integration.cli.conftest import Shell


@pytest.mark.parametrize("words", [("sync", "--once"), ("accounts", "check"), ("accounts", "list")])
def test_without_an_account_a_command_says_how_to_add_one(shell: Shell, words: tuple[str, ...]) -> None:
    ran = shell.run(*words)
    assert "deskhand accounts add VENDOR" in ran.stdout + ran.stderr


def test_a_field_that_a_vendor_does_not_have_is_answered_with_those_it_has(shell: Shell) -> None:
    ran = shell.run(
        "accounts", "add", "routera", "--label", "R", "--set", "clientid=x", "--secret-stdin", code=2, given="s"
    )
    assert "Routera has no field clientid. There are: client_id" in ran.stderr
