"""A clipboard may name a file as no file can be called: that is said, and nothing waits."""

from pathlib import Path

import pytest

from deskhand.domain.problems import Invalid
from deskhand.services.file_reading import FileReader, read_any


@pytest.mark.parametrize("name", ["/tmp/a\0b", "/tmp/a\ud800b"])  # noqa: S108 - nothing is written there
async def test_a_name_that_no_file_can_have_is_refused_in_words(name: str) -> None:
    with pytest.raises(Invalid, match="no file can be called so"):
        async with FileReader(Path(name), 1_000):
            pass
    with pytest.raises(Invalid, match="no file can be called so"):
        await read_any(Path(name), 1_000)
