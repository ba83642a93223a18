"""A first start that was cut short, by a kill or the power, is begun again by the next one as if nothing had been."""

import shutil
import subprocess
import sys
from pathlib import Path

import apsw
import pytest
from tests.helpers.store_fixtures import KEY, a_store, an_account
from tests.helpers.window_starts import PASSPHRASE

from deskhand.store.files import DESK, DatabaseFiles, unlock

DYING = """
import os, sys
import apsw
class Dying(apsw.Connection):
    def execute(self, sql, *more, **named):
        if {when}:
            os._exit(9)
        done = super().execute(sql, *more, **named)
        if {afterwards}:
            os._exit(9)
        return done
apsw.Connection = Dying
"""
MOMENTS = {
    "before the vault has its table": ("sql.startswith('CREATE TABLE item')", "False"),
    "when the vault has its table": ("False", "sql.startswith('CREATE TABLE item')"),
    "before the key is kept": ("sql.startswith('INSERT INTO item')", "False"),
    "when the key is kept": ("False", "sql.startswith('INSERT INTO item')"),
    "before the first table": ("'CREATE TABLE accounts' in sql", "False"),
    "within the first tables": ("False", "'CREATE TABLE accounts' in sql"),
}


def run(folder: Path, before: str = "") -> subprocess.CompletedProcess[str]:
    words = folder.parent / "words"
    words.write_text(PASSPHRASE, encoding="utf-8")
    options = ("--profile", str(folder), "--vault", "passphrase", "--passphrase-file", str(words))
    code = f"import sys\n{before}\nfrom deskhand.__main__ import main\nsys.exit(main())"
    command = (sys.executable, "-c", code, *options, "tickets")
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_next_start_goes_on_where_one_was_killed(moment: str, tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    when, afterwards = MOMENTS[moment]
    assert run(folder, DYING.format(when=when, afterwards=afterwards)).returncode == 9
    again = run(folder)
    assert (again.returncode, again.stderr) == (0, "0 tickets\n")
    assert not list(folder.glob("vault.db.part*"))
    assert (run(folder).returncode, list(folder.glob("*.bad-*"))) == (0, [])


def leave_journal(profile: DatabaseFiles) -> None:
    """Leave a file with the journal of a transaction that never ended, as a kill does while the file is made."""
    away = profile.folder.parent / "away.db"
    db = apsw.Connection(str(away))
    unlock(db, profile, 1)
    db.pragma("journal_mode", "delete")
    db.pragma("cache_size", 1)
    db.execute("CREATE TABLE early(text)")
    db.execute("BEGIN; INSERT INTO early VALUES('a')")
    for _ in range(200):  # more than the cache holds, so that pages go to the disk before the end
        db.execute("INSERT INTO early VALUES(randomblob(4000))")
    for suffix in ("", "-journal"):
        shutil.copy(f"{away}{suffix}", f"{profile.path(DESK)}{suffix}")
    db.close()
    assert profile.path(DESK).with_name(f"{DESK.filename}-journal").stat().st_size > 0


async def test_a_journal_that_a_kill_left_is_played_back(tmp_path: Path) -> None:
    profile = DatabaseFiles(tmp_path / "profile", KEY)
    profile.prepare()
    leave_journal(profile)
    async with a_store(profile.folder) as store:
        assert store.notices == ()
        await store.accounts.put(an_account())
    async with a_store(profile.folder) as store:
        assert [account.id for account in await store.accounts.all()] == [an_account().id]
