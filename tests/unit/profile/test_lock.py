"""A profile has one owner at a time, and what the owner left in its folder does not get in the next one's way."""

from pathlib import Path

from tests.helpers.narrowing import not_none

from deskhand.profile.lock import ProfileLock, find_endpoint


def test_a_door_that_another_start_is_reading_is_taken_away_a_moment_later(tmp_path, monkeypatch):
    remove = Path.unlink
    refused: list[Path] = []

    def unlink(path: Path, *, missing_ok: bool = False) -> None:
        # As Windows does, while somebody reads the file.
        if len(refused) < 3:
            refused.append(path)
            raise PermissionError(13, "used by another process", str(path))
        remove(path, missing_ok=missing_ok)

    first = not_none(ProfileLock.acquire(tmp_path))
    first.publish_endpoint(4711)
    monkeypatch.setattr(Path, "unlink", unlink)
    first.release()
    assert len(refused) == 3
    assert find_endpoint(tmp_path) is None
    second = ProfileLock.acquire(tmp_path)
    assert second is not None
    second.publish_endpoint(4712)
    assert not_none(find_endpoint(tmp_path)).address == 4712
    second.release()
