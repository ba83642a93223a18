"""Addresses that a vendor named (uploads, files): which may be used, and where their hosts may lie."""

from collections.abc import Callable

from deskhand.domain.problems import UnexpectedResponse

from .address import absolute_url, is_loopback, origin
from .networks import Resolve, is_internal_host, is_public, is_public_or_private, proxy_may_resolve
from .proxies import proxy_for


class UrlPolicy:
    """Judges what one account's vendor names.

    Args:
        base: the vendor's own address.
        resolve_host: how names become IP addresses.
    """

    def __init__(self, base: str, resolve_host: Resolve) -> None:
        self._base = base
        self._resolve_host = resolve_host
        self._approved_hosts: set[str] = set()

    def allowed_addresses(self, url: str) -> Callable[[str], bool] | None:
        """Return which IP addresses the host of an address may have; None = any, as it is the vendor's own, or a sandbox's here."""
        home, host = origin(self._base)[1], origin(url)[1]
        if origin(url) == origin(self._base) or (is_loopback(home) and is_loopback(host)):
            return None
        return is_public_or_private if is_internal_host(home) and not is_loopback(home) else is_public

    async def checked_url(self, url: str) -> str:
        """Return an address made absolute. Behind a proxy, which looks names up itself, its host is looked up here before.

        Raises:
            UnexpectedResponse: it is not safe to use.
        """
        place = absolute_url(url, self._base)
        allowed = self.allowed_addresses(place)
        if allowed is None or proxy_for(place) is None:
            return place
        host = origin(place)[1]
        if host not in self._approved_hosts and not await proxy_may_resolve(host, self._resolve_host, allowed):
            raise UnexpectedResponse("the vendor named an address that is not safe to use")
        self._approved_hosts.add(host)
        return place
