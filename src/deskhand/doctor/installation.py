"""What this copy of Deskhand has on board, each part proven by using it.

A freezer leaves out what it does not see being imported. The same findings from a frozen copy and from a checkout mean that nothing
was left out; `tests/packaging` compares them.
"""

import asyncio
import ssl
from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType

from deskhand.doctor.report import Finding


class Missing(LookupError):
    """A part is not there or does not work; the text says which."""


async def look() -> Sequence[Finding]:
    """Look at every part; returns one finding each."""
    parts: dict[str, Callable[[], str]] = {
        "Keyring backends": _keyrings,
        "Encryption": _encryption,
        "TLS": _tls,
        "Icons": _icons,
        "Picture formats": _pictures,
        "Languages": _languages,
        "Vendors": _vendors,
        "Sandbox": _sandbox,
    }
    # In a thread: the keyring's own modules take a while, and may ask the bus.
    return [await asyncio.to_thread(_find, name, part) for name, part in parts.items()]


def _find(name: str, describe: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, describe())
    except (ImportError, LookupError, OSError, RuntimeError, ValueError) as problem:
        return Finding(
            name, False, f"{type(problem).__name__}: {problem}. This installation is incomplete; install it again."
        )


def _keyrings() -> str:
    from deskhand.secrets import backends

    return ", ".join(backends.bundled_backends())


def _encryption() -> str:
    from deskhand.store import self_test

    return self_test.run_self_test()


def _tls() -> str:
    from deskhand.http.transport import ssl_context

    context = ssl_context()
    if context.verify_mode is not ssl.CERT_REQUIRED or not context.check_hostname:
        raise Missing("servers are not checked")
    return (
        f"{ssl.OPENSSL_VERSION}; {type(context).__module__.partition('.')[0]} trusts what the operating system trusts"
    )


def _icons() -> str:
    return f"{_qt().check_drawings()} drawings"


def _pictures() -> str:
    return ", ".join(_qt().check_pictures())


def _languages() -> str:
    return ", ".join(_qt().list_languages())


def _qt() -> ModuleType:
    # By name, so that a Qt that does not load is one finding and no end.
    return import_module("deskhand.ui.self_test")


def _vendors() -> str:
    from deskhand.vendors.registry import REGISTRY

    return ", ".join(sorted(REGISTRY))


def _sandbox() -> str:
    from deskhand_sandbox.shares import SHARES

    for vendor in SHARES:
        import_module(f"deskhand_sandbox.{vendor}")
    import_module("deskhand_sandbox.sandbox")
    return ", ".join(sorted(SHARES))
