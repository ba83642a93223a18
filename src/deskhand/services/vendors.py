"""The vendors that exist, for the inside: what is true of each without an account."""

from collections.abc import Mapping

from deskhand.domain.accounts import VendorInfo
from deskhand.domain.ids import VendorId
from deskhand.domain.ports import VendorSpec


class Vendors:
    """The registry as services see it."""

    def __init__(self, registry: Mapping[VendorId, VendorSpec]) -> None:
        self._registry = registry

    def all(self) -> tuple[VendorInfo, ...]:
        """Return every vendor in the order of the add-account dialog."""
        return tuple(spec.info for spec in self._registry.values())

    def info(self, vendor: VendorId) -> VendorInfo:
        """Return one vendor."""
        return self._registry[vendor].info

    def spec(self, vendor: VendorId) -> VendorSpec:
        """Return what makes connections."""
        return self._registry[vendor]
