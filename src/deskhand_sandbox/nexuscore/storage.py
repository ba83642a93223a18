"""The storage that attachments go to and come from: signed addresses on the same server."""

from datetime import timedelta
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from deskhand_sandbox.ids import Ids
from deskhand_sandbox.journal import Journal
from deskhand_sandbox.nexuscore.vendor_data import Upload, VendorData
from deskhand_sandbox.seed_data import File
from deskhand_sandbox.tokens import Clock, secret

MOST = 25 * 1024 * 1024
GOOD_FOR = timedelta(minutes=15)
_IDS = Ids("att_")


class Storage:
    """Uploads on their way, and the files of the tickets."""

    def __init__(self, vendor_data: VendorData, journal: Journal, seed: int, clock: Clock) -> None:
        self._vendor_data = vendor_data
        self._journal = journal
        self._seed = seed
        self._clock = clock

    def ask(self, body: dict[str, Any]) -> Upload:
        """Step 1: a place for one file."""
        name = next((body[key] for key in ("file_name", "filename", "name") if key in body), None)
        mime = next((body[key] for key in ("content_type", "mime_type") if key in body), None)
        if not isinstance(name, str) or not name or not isinstance(mime, str) or "/" not in mime:
            raise HTTPException(422, "file_name and content_type are required")
        upload = Upload(_IDS.of(len(self._vendor_data.uploads)), name, mime, self._clock())
        self._vendor_data.uploads[upload.id] = upload
        return upload

    def signature(self, upload_id: str) -> str:
        """What makes the address of an upload valid."""
        return secret(self._seed, "nexuscore", "storage", upload_id)

    async def put(self, request: Request) -> Response:
        """Step 2: the bytes, once, without bearer."""
        if "authorization" in request.headers:
            raise HTTPException(400, "A signed address takes no authorization header")
        upload = self._vendor_data.uploads.get(request.path_params["file_id"])
        if upload is None or request.query_params.get("signature") != self.signature(upload.id):
            raise HTTPException(403, "The signature does not match")
        if upload.data is not None or self._clock() - upload.asked_at > GOOD_FOR:
            raise HTTPException(403, "The address is no longer valid")
        data = await request.body()
        if len(data) > MOST:
            raise HTTPException(413, "The file is larger than 25 MB")
        upload.data = data
        fields = {"name": upload.name, "mime": upload.mime, "size": len(data)}
        self._journal.add("upload", ticket=None, remote=upload.id, fields=fields)
        return Response(status_code=200)

    def use(self, ids: list[str]) -> tuple[File, ...]:
        """Step 3: the uploaded files that a reply names; none of them may be missing or used already."""
        chosen = [self._vendor_data.uploads.get(upload_id) for upload_id in dict.fromkeys(ids)]
        files = []
        for upload in chosen:
            if upload is None or upload.data is None or upload.used:
                raise HTTPException(422, "An attachment is unknown, not uploaded or already used")
            files.append(File(upload.id, upload.name, upload.mime, upload.data))
        for upload in chosen:
            assert upload is not None
            upload.used = True
        return tuple(files)

    async def get(self, request: Request) -> Response:
        """The bytes of a file that hangs on a message."""
        file = self._find(request.path_params["file_id"])
        if file is None or request.query_params.get("signature") != "read":
            raise HTTPException(404, "No such file")
        return Response(file.data, media_type=file.mime)

    def _find(self, file_id: str) -> File | None:
        upload = self._vendor_data.uploads.get(file_id)
        if upload is not None and upload.data is not None and upload.used:
            return File(upload.id, upload.name, upload.mime, upload.data)
        # A seeded file's id is `file-<ticket number>-...`.
        number = file_id.split("-")[1:2]
        seed_ticket = (
            self._vendor_data.seed_data.tickets.numbered(int(number[0])) if number and number[0].isdecimal() else None
        )
        found = (file for said in seed_ticket.messages for file in said.files) if seed_ticket else iter(())
        return next((file for file in found if file.id == file_id), None)
