"""The list of everything that a package carries (SBOM), in CycloneDX 1.6, for one system at a time.

What is installed for that system is listed, with the hashes of the lock, beside Qt, Python and OpenSSL, which are no packages of
their own and are what a scanner looks for first. Tools that list an environment or a lock know neither these nor which hash belongs to
what was installed; hence the list is made here, and CycloneDX' own library judges it. There is no date in it and no random number: the
same contents give the same file.
"""

import json
import platform
import re
import ssl
import sys
import tempfile
import uuid
from collections.abc import Iterable
from pathlib import Path

from deskdev.environment import PACKAGE, Environment
from deskdev.steps import SetupError, last_line, run_quietly, step

from deskpack import freezing, licences, locked, product
from deskpack.licences import Work

_VALIDATE = """
import sys
from pathlib import Path
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(Path(sys.argv[1]).read_text(encoding="utf-8"))
sys.exit(None if problem is None else str(problem).splitlines()[0])
"""

_SPDX = re.compile(r"(?:MIT|ISC|0BSD|[A-Za-z0-9]+-[A-Za-z0-9.+-]+)(?: (?:AND|OR|WITH) [A-Za-z0-9]+-?[A-Za-z0-9.+-]*)*")

_QT = "pyside6-essentials"
"""The package that carries Qt, of whose version it is."""

Json = dict[str, object]


def file_name(system: str = sys.platform, machine: str | None = None) -> str:
    """Return what the list for a system is called."""
    names = {"linux": "linux", "win32": "windows", "darwin": "macos"}
    return f"{product.COMMAND}-{product.version()}-{names[system]}-{machine or platform.machine().lower()}.cdx.json"


def write(target: Path) -> Path:
    """Write the list for this system into a folder, held against the CycloneDX schema, and return it.

    Raises:
        SetupError: the packages cannot be had, or the list is not as the schema wants it.
    """
    tools = freezing.environment()
    target.mkdir(parents=True, exist_ok=True)
    file = target / file_name()
    with step(f"Listing what is carried in {file.name}"):
        with tempfile.TemporaryDirectory(prefix="deskhand-sbom-") as folder:
            text = licences.python_text(Path(sys.base_prefix))
            works = licences.collect(licences.folder_of(tools), text, Path(folder) / "texts")
        packages = locked.packages(tools.lock(PACKAGE))
        file.write_text(json.dumps(describe(works, packages), indent=1) + "\n", encoding="utf-8", newline="\n")
        validate(tools, file)
    return file


def validate(tools: Environment, file: Path) -> None:
    """Hold a list against the CycloneDX schema that the tools carry along; nothing is downloaded.

    Raises:
        SetupError: it is not as the schema wants it.
    """
    code, output = run_quietly((tools.python, "-c", _VALIDATE, file))
    if code != 0:
        raise SetupError(f"{file.name} is no CycloneDX list: {last_line(output)}")


def describe(works: Iterable[Work], packages: Iterable[locked.Package]) -> Json:
    """Return the list.

    Args:
        works: what is carried, with its licences.
        packages: the lock, for hashes and for who wants what.
    """
    known = {package.name: package for package in packages}
    carried = sorted(work for work in works if work.name in known)
    components = [*(_package(work, known[work.name]) for work in carried), *_runtimes(carried)]
    components.sort(key=lambda component: str(component["bom-ref"]))
    listed: Json = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _program(), "properties": [_property("system", sys.platform)]},
        "components": components,
        "dependencies": _wants({work.name for work in carried}, known),
    }
    return listed | {"serialNumber": uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(listed)).urn}


def _program() -> Json:
    return {
        "type": "application",
        "bom-ref": product.COMMAND,
        "name": product.NAME,
        "version": product.version(),
        "description": product.SUMMARY,
        "licenses": [{"expression": product.LICENSE}],
        "externalReferences": [{"type": "website", "url": product.HOMEPAGE}],
    }


def _package(work: Work, package: locked.Package) -> Json:
    purl = f"pkg:pypi/{package.name}@{package.version}"
    component: Json = {
        "type": "library",
        "bom-ref": package.name,
        "name": package.name,
        "version": package.version,
        "purl": purl,
        "licenses": [_licence(work.licence)],
        # One of these files was installed, which one depends on the system; the lock refuses any other.
        "externalReferences": [
            {
                "type": "distribution",
                "url": purl,
                "hashes": [{"alg": "SHA-256", "content": one} for one in package.hashes],
            }
        ],
    }
    return component | ({"properties": [_property("marker", package.marker)]} if package.marker else {})


def _runtimes(carried: Iterable[Work]) -> list[Json]:
    """Return what comes inside a wheel or from the build machine and is a package of its own nowhere."""
    qt = next((work for work in carried if work.name == _QT), None)
    # "OpenSSL 3.0.11 19 Sep 2023"
    openssl = ssl.OPENSSL_VERSION.split()[1]
    found = [
        _runtime("python", platform.python_version(), "PSF-2.0", "python:python"),
        _runtime("openssl", openssl, "Apache-2.0", "openssl:openssl"),
    ]
    return [*found, _runtime("qt", qt.version, "LGPL-3.0-only", "qt:qt")] if qt else found


def _runtime(name: str, version: str, licence: str, cpe: str) -> Json:
    return {
        "type": "framework" if name == "qt" else "platform" if name == "python" else "library",
        "bom-ref": name,
        "name": name,
        "version": version,
        "purl": f"pkg:generic/{name}@{version}",
        "cpe": f"cpe:2.3:a:{cpe}:{version}:*:*:*:*:*:*:*",
        "licenses": [{"expression": licence}],
    }


def _wants(carried: set[str], known: dict[str, locked.Package]) -> list[Json]:
    wants: dict[str, set[str]] = {name: set() for name in (product.COMMAND, *carried)}
    for name in carried:
        for reason in known[name].wanted_by:
            if reason in wants:
                wants[reason].add(name)
    wants[product.COMMAND] |= {"python", "openssl"}
    if _QT in wants:
        wants[_QT].add("qt")
    return [{"ref": name, "dependsOn": sorted(parts)} for name, parts in sorted(wants.items())]


def _licence(called: str) -> Json:
    return {"expression": called} if _SPDX.fullmatch(called) else {"license": {"name": called}}


def _property(name: str, value: str) -> Json:
    return {"name": f"{product.COMMAND}:{name}", "value": value}
