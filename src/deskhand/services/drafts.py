"""What is typed and not sent. On disk within a second, and out of reach of every sync."""

from dataclasses import replace
from pathlib import Path

from deskhand.content.names import safe_file_name
from deskhand.domain.capabilities import Limits
from deskhand.domain.ids import TicketKey
from deskhand.domain.ports import Clock, Store
from deskhand.domain.threads import Draft, OutgoingFile

from .file_reading import LARGEST, FileReader, check_size

NO_LIMITS = Limits()


class Drafts:
    """Keeps drafts and the files at them."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def get(self, key: TicketKey, kind: str) -> Draft:
        """Return the draft of a ticket; an empty one where there is none."""
        return await self._store.drafts.get(key, kind) or Draft(kind, "")

    async def save(self, key: TicketKey, draft: Draft) -> None:
        """Store it; an empty one is removed."""
        await self._store.drafts.put(key, replace(draft, changed_at=self._clock.now()))

    async def delete_all(self, key: TicketKey) -> None:
        """Remove whatever is typed for a ticket."""
        for one, draft in await self.all():
            if one == key:
                await self.save(key, Draft(draft.kind, ""))

    async def all(self) -> tuple[tuple[TicketKey, Draft], ...]:
        """Return every draft, also of tickets that are gone at their vendor."""
        return await self._store.drafts.all()

    async def attach(self, name: str, mime: str, data: bytes, limits: Limits = NO_LIMITS) -> OutgoingFile:
        """Copy a file's bytes into our own store at once, so that moving the original loses nothing.

        Raises:
            Invalid: it is too large; with a sentence for the agent.
        """
        check_size(len(data), limits.file_bytes or LARGEST)
        return await self._store.blobs.put(safe_file_name(name), mime, data)

    async def attach_path(self, path: Path, mime: str, limits: Limits = NO_LIMITS) -> OutgoingFile:
        """Copy a file into our own store, piece by piece; one that is too large is not read at all.

        Raises:
            OSError: it cannot be read.
            Invalid: it is no file, is too large, changes while it is read, or nothing comes from it; with a sentence for the agent.
        """
        async with FileReader(path, limits.file_bytes or LARGEST) as file:
            return await self._store.blobs.put_pieces(safe_file_name(path.name), mime, file.size, file.pieces())
