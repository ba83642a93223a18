"""Which vendors there are. Cheap to import: the adapters, httpx and pydantic come with the first `connect` or `warm_up`."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from types import MappingProxyType, ModuleType

from deskhand.domain.accounts import SignIn, VendorInfo
from deskhand.domain.ids import VendorId
from deskhand.domain.lazy_dataclass import dataclass
from deskhand.domain.lazy_pattern import compile_all
from deskhand.domain.ports import Connection, VendorSpec
from deskhand.http.budgets import Budgets
from deskhand.http.clock import SystemClock


@dataclass(frozen=True, slots=True)
class LazySpec:
    """A vendor whose adapter is imported when the first account connects. Implements `domain.ports.VendorSpec`.

    Attributes:
        budgets: where its connections meet those with the same key or workspace.
    """

    info: VendorInfo
    budgets: Budgets | None = None

    def connect(self, sign_in: SignIn) -> Connection:
        """Return a connection; no byte leaves before its first call.

        Raises:
            Invalid: the base address cannot be used, or a sign-in field is missing; `fields` says which.
        """
        connection: Connection = self.adapter().connect(sign_in, SystemClock(), self.budgets)
        return connection

    def adapter(self) -> ModuleType:
        """Import the adapter."""
        # httpx's command line, which httpx imports where click, rich and pygments are installed, and does without where they are not:
        # 83 modules and 4 MB. None tells the import statement that there is no such module. The packages carry none of them.
        sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
        return import_module(f"{__package__}.{self.info.id}.adapter")


VENDORS = ("nexuscore", "thena", "mijnklantportaal", "routera", "thalamus")
"""The packages, in the order in which the add-account dialog shows them. A new vendor needs its name here and nothing else."""

_SPECS = tuple(LazySpec(import_module(f"{__package__}.{vendor}.info").INFO) for vendor in VENDORS)

REGISTRY: Mapping[VendorId, VendorSpec] = MappingProxyType({spec.info.id: spec for spec in _SPECS})
"""In the order of `VENDORS`."""


def with_budgets(budgets: Budgets) -> Mapping[VendorId, VendorSpec]:
    """Return the same registry, whose connections share these request budgets."""
    return MappingProxyType({spec.info.id: replace(spec, budgets=budgets) for spec in _SPECS})


def warm_up() -> None:
    """Import every adapter and compile all patterns, in a thread after the first paint, so that no first use stops the window."""
    for spec in _SPECS:
        spec.adapter()
    compile_all()
