"""Addresses that a vendor named (uploads, files): which may be used, and where their hosts may lie."""

from collections.abc import Callable

from deskhand.domain.problems import UnexpectedResponse

from .address import is_loopback, origin, resolve
from .networks import Resolve, is_inside, is_public, is_public_or_in_house, may_be_asked
from .proxies import proxy_for


class NamedPlaces:
    """Judges what one account's vendor names.

    Args:
        base: the vendor's own address.
        look_up: how names become IP addresses.
    """

    def __init__(self, base: str, look_up: Resolve) -> None:
        self._base = base
        self._look_up = look_up
        self._judged: set[str] = set()

    def allowed(self, url: str) -> Callable[[str], bool] | None:
        """Return which IP addresses the host of an address may have; None = any, as it is the vendor's own, or a sandbox's here."""
        home, host = origin(self._base)[1], origin(url)[1]
        if origin(url) == origin(self._base) or (is_loopback(home) and is_loopback(host)):
            return None
        return is_public_or_in_house if is_inside(home) and not is_loopback(home) else is_public

    async def resolve(self, url: str) -> str:
        """Return an address made absolute. Behind a proxy, which looks names up itself, its host is looked up here before.

        Raises:
            Misunderstood: it is not safe to use.
        """
        place = resolve(url, self._base)
        allowed = self.allowed(place)
        if allowed is None or proxy_for(place) is None:
            return place
        host = origin(place)[1]
        if host not in self._judged and not await may_be_asked(host, self._look_up, allowed):
            raise UnexpectedResponse("the vendor named an address that is not safe to use")
        self._judged.add(host)
        return place
