"""What the items of the outbox wait for, as things stand now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

from deskhand.domain.capabilities import Capabilities, SendGuarantee
from deskhand.domain.commands import OutboxItem, is_message
from deskhand.domain.ids import AccountId, CommandId
from deskhand.domain.ports import Clock
from deskhand.domain.threads import Waiting
from deskhand.domain.waiting import waiting
from deskhand.sync.engine import Engine


def waits(
    items: Sequence[OutboxItem], others: Sequence[OutboxItem], engine: Engine, clock: Clock
) -> Mapping[CommandId, Waiting]:
    """Return for each item that is open what it waits for.

    Args:
        others: every open item of the same accounts, first made first.
    """
    found: dict[CommandId, Waiting] = {}
    beside: defaultdict[AccountId, list[OutboxItem]] = defaultdict(list)
    for other in others:
        beside[other.command.account].append(other)
    for item in items:
        account = engine.account(item.command.account)
        capabilities = (account.capabilities if account else None) or Capabilities()
        is_keyed = is_message(item.command.action) and capabilities.guarantee is SendGuarantee.IDEMPOTENT
        wait = waiting(
            item,
            beside[item.command.account],
            paused=account is not None and account.paused,
            settle=None if is_keyed else timedelta(seconds=engine.settle_seconds),
            now=clock.now(),
        )
        if wait is not None:
            found[item.command.id] = wait
    return found
