"""Answers all that is selected: the text is kept until it was sent, and one question says what happens per account.

What is written for a single ticket and not sent becomes that ticket's draft: when the sheet is closed, when the others were sent, or at the
next start after a crash.
"""

import json
from collections.abc import Coroutine, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

from deskhand.domain import wording as words
from deskhand.domain.commands import is_message
from deskhand.domain.ids import AccountId, TicketKey
from deskhand.domain.threads import Draft
from deskhand.services.bulk_replies import Wording
from deskhand.services.macro_runs import MOST_REPLIES
from deskhand.services.ticket_commands import REPLY
from deskhand.ui.actions.selection import Selection
from deskhand.ui.bulk.reply_all_sheet import ReplyAllSheet
from deskhand.ui.kit.figures import figure

if TYPE_CHECKING:
    from deskhand.domain.commands import SendReply
    from deskhand.services.bulk import BulkResult
    from deskhand.ui.shell import Shell

_TEXT = "reply_all.text"
"""What was typed and not sent."""

_OWN = "reply_all.own"
"""What was typed for single tickets, while the sheet is open: account, id and text of each."""

_PLAN = "reply all"
"""The name of the task that ends with the question."""

_Seen = dict[TicketKey, "SendReply"]
"""What each reply is compared with before it leaves."""


class ReplyAllPresenter(QObject):
    """Opens the sheet, keeps it true, and has the replies sent."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self._shell = shell
        self._services = shell.services
        if left := self._left_by_a_crash():
            shell.scope.start(self._keep(left), name="reply all kept")

    def _left_by_a_crash(self) -> dict[TicketKey, str]:
        stored = self._services.settings.json_value(_OWN)
        found: dict[TicketKey, str] = {}
        for entry in stored if isinstance(stored, list) else ():
            match entry:
                case [str(account), str(remote), str(text)]:
                    found[TicketKey(AccountId(account), remote)] = text
                case _:
                    pass
        return found

    def open(self, meant: Selection) -> None:
        """Write to all that is selected."""
        if meant.several is None or not (keys := meant.several.meant):
            return
        settings = self._services.settings
        limit = self.tr(
            "{count} are selected; at most {most} customers are answered at once: the first {most} of the list."
        )
        sheet = ReplyAllSheet(
            min(len(keys), MOST_REPLIES),
            limit.format(count=figure(len(keys)), most=MOST_REPLIES) if len(keys) > MOST_REPLIES else "",
            settings.text(_TEXT),
            settings.snippets(),
            self._shell.window,
        )
        keys = keys[:MOST_REPLIES]
        seen: _Seen = {}
        sheet.changed.connect(lambda wording: self._changed(sheet, keys, seen, wording))
        sheet.send_requested.connect(lambda wording: self._send(sheet, keys, seen, wording))
        sheet.rejected.connect(lambda: self._closed(sheet))
        sheet.open()
        self._changed(sheet, keys, seen, sheet.wording)

    def _closed(self, sheet: ReplyAllSheet) -> None:
        """Ask nothing any more about what was given up; what is on its way into the outbox already is no draft beside."""
        self._shell.scope.cancel(_PLAN)
        if not sheet.is_held:
            self._end(self._keep(sheet.wording.own))

    def _changed(self, sheet: ReplyAllSheet, keys: tuple[TicketKey, ...], seen: _Seen, wording: Wording) -> None:
        self._shell.scope.replace(self._preview(sheet, keys, seen, wording), name="reply all preview")

    async def _preview(self, sheet: ReplyAllSheet, keys: tuple[TicketKey, ...], seen: _Seen, wording: Wording) -> None:
        if (
            not seen
        ):  # before the first reply is shown, and not again: what comes in later is not what the agent has read
            seen.update(await self._services.bulk_replies.seen(keys))
        replies = await self._services.bulk_replies.preview(keys, wording)
        if sheet.isVisible():
            sheet.set_replies(replies)
        await self._services.settings.put(_TEXT, wording.text or None)
        own = [[key.account, key.remote, text] for key, text in wording.own.items()]
        await self._services.settings.put(_OWN, json.dumps(own, ensure_ascii=False) if own else None)

    def _send(self, sheet: ReplyAllSheet, keys: tuple[TicketKey, ...], seen: _Seen, wording: Wording) -> None:
        self._shell.scope.replace(self._plan(sheet, keys, seen, wording), name=_PLAN)

    async def _plan(self, sheet: ReplyAllSheet, keys: tuple[TicketKey, ...], seen: _Seen, wording: Wording) -> None:
        plan = await self._services.bulk_replies.plan(keys, wording, seen)
        question = self._shell.selection.run_plan(
            plan,
            self.tr("Reply to"),
            self.tr("Answered {tickets}"),
            asks=True,
            then=lambda result: self._sent(sheet, wording, result),
        )
        if question is not None:
            question.confirmed.connect(sheet.hold)

    def _sent(self, sheet: ReplyAllSheet, wording: Wording, result: "BulkResult") -> None:
        """The texts are in the outbox: each comes back as a draft of its ticket, if it is undone."""
        answered = {one.before.key for one in result.changes if is_message(one.action)}
        left = {key: text for key, text in wording.own.items() if key not in answered}
        if isValid(sheet) and sheet.isVisible():
            sheet.accept()
        self._end(self._forget_text(left))

    async def _forget_text(self, left: Mapping[TicketKey, str]) -> None:
        await self._services.settings.put(_TEXT, None)
        await self._keep(left)

    def _end(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what comes after the sheet, in place of a preview that is being made."""
        self._shell.scope.replace(work, name="reply all preview")

    async def _keep(self, own: Mapping[TicketKey, str]) -> None:
        """Let what was written for single tickets and not sent be drafts of theirs."""
        kept = [key for key, text in own.items() if text.strip() and self._services.lists.rows((key,))]
        for key in kept:
            await self._shell.boxes.bring_back(key, Draft(REPLY, own[key]), leads=False)
        await self._services.settings.put(_OWN, None)
        if kept:
            said = self.tr("What you wrote for {tickets} is kept as a draft.")
            self._shell.status.show_message(said.format(tickets=words.tickets(len(kept))))
