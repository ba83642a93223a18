"""What a command reads is read by the process it was typed into, never by the window that carries it out."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.posix import make_pipe
from tests.integration.cli.conftest import Shell, environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes of this kind")


@pytest.fixture
def shop(shell: Shell) -> Shell:
    shell.add("thalamus", "Shop")
    return shell


def notes(shop: Shell, name: str) -> list[str]:
    return [message["text"] for message in shop.json("show", name)["messages"]]


def test_a_pipe_that_nobody_writes_into_stops_only_the_command_that_names_it(shop: Shell, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_bytes("external_id;subject\nT-1;Gr\u00fc\u00dfe\n".encode("utf-16"))
    pipe = tmp_path / "pipe"
    make_pipe(pipe)
    shop.run("import", "--account", "Shop", str(rows))
    staying = subprocess.Popen(
        shop.line("sync"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", env=environment()
    )
    try:
        assert staying.stderr is not None
        assert staying.stderr.readline() == "Syncing until interrupted.\n"
        (name,) = [f"Shop/{ticket['id']}" for ticket in shop.json("tickets")]
        waiting = subprocess.Popen(shop.line("note", name, "--local", "--file", str(pipe)), env=environment())
        with pipe.open("w", encoding="utf-8") as writing:  # opens once the command reads
            shop.run("note", name, "--local", "--file", "/dev/stdin", given="meanwhile")
            assert notes(shop, name) == ["meanwhile"]
            writing.write("at last")
        assert waiting.wait(60) == 0
        assert sorted(notes(shop, name)) == ["at last", "meanwhile"]
        with rows.open("rb") as given:
            told = subprocess.run(
                shop.line("import", "--account", "Shop", "--preview", "-"), stdin=given, capture_output=True, check=True
            )
        assert "Gr\u00fc\u00dfe" in told.stdout.decode()
        refused = shop.run("note", name, "--file", str(tmp_path / ("x" * 4000)), code=1).stderr
        assert refused.endswith("cannot be read: File name too long.\n")
        assert len(refused) < 300
    finally:
        staying.kill()
        staying.communicate()


def test_json_that_is_nested_too_deeply_is_refused_in_words(shop: Shell) -> None:
    told = shop.run("create", "--account", "Shop", "--json", "-", given='{"title":' + "[" * 100_000, code=1)
    assert told.stderr.startswith("This is not valid JSON: ")
    assert len(told.stderr.splitlines()) == 1
