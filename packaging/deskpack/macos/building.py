"""The macOS bundle and its disk image.

On a Mac: freeze (PyInstaller lays the bundle out and signs every file in it), prove the signature, have Apple notarise it where there
is a key, put it into a disk image, and the same for that. Elsewhere `deskpack.macos.dry` does what can be done without a Mac. The
steps on a Mac were written from documents and tried with stand-ins for Apple's programs; **they never ran on a Mac**.
"""

import argparse
import os
import platform
import re
import shutil
from collections.abc import Iterable, Sequence
from importlib.metadata import distributions
from pathlib import Path

from deskdev.environment import CHECKOUT, RUNTIME
from deskdev.steps import SetupError, note, step

from deskpack import locked, product
from deskpack.macos import mach, signing
from deskpack.macos.signing import Secrets, run

ENTITLEMENTS = CHECKOUT / "packaging" / "macos" / "entitlements.plist"
"""What the hardened runtime is asked to allow; one thing only, memory that is written and then run. ctypes (the keychain, the
system's certificates) makes such memory on Intel, and a program that may not crashes at its start (pyinstaller#4629). The other half
of the usual pair, `disable-library-validation`, is left out: every file in the bundle is signed by the same team. No comment may
stand in that file, because codesign does not read one that has any.
"""


def oldest_macos(packages: Path, machine: str, wanted: Iterable[str] | None = None) -> str:
    """Return the oldest macOS that all installed packages of the program are made for, as their wheels' tags say.

    Args:
        packages: the folder in which they are installed (site-packages).
        machine: `arm64` or `x86_64`.
        wanted: plain names of the packages that count; by default those of the program, tools left out.

    Raises:
        SetupError: there are no wheels for macOS.
    """
    if wanted is None:
        wanted = [package.name for package in locked.packages(CHECKOUT / "packaging" / RUNTIME)]
    names, needed = frozenset(wanted), []
    for package in distributions(path=[str(packages)]):
        if locked.plain(package.name) in names:
            tags = re.findall(r"^Tag: \S+-macosx_(\d+_\d+)_(\w+)$", package.read_text("WHEEL") or "", re.MULTILINE)
            fitting = [mach.version(number) for number, kind in tags if kind in {machine, "universal2"}]
            needed += [min(fitting)] if fitting else []
    if not needed:
        raise SetupError(f"No package in {packages} is made for macOS on {machine}.")
    return "{}.{}".format(*max(needed))


def property_list(oldest: str) -> dict[str, object]:
    """Return what `Info.plist` says beyond the names that PyInstaller fills in.

    Args:
        oldest: the oldest macOS that opens the program.
    """
    return {
        "CFBundleDisplayName": product.NAME,
        "CFBundleShortVersionString": product.version(),
        "CFBundleVersion": product.version(),
        "CFBundleDevelopmentRegion": "en",
        "LSMinimumSystemVersion": oldest,
        "LSApplicationCategoryType": "public.app-category.business",
        "NSHighResolutionCapable": True,
        "NSPrincipalClass": "NSApplication",
        "NSHumanReadableCopyright": product.COPYRIGHT,
        "CFBundleURLTypes": [{"CFBundleURLName": product.IDENTIFIER, "CFBundleURLSchemes": [product.SCHEME]}],
    }


def image_name(machine: str) -> str:
    """Return what the disk image for a processor is called."""
    return f"{product.NAME}-{product.version()}-{machine}.dmg"


def build(arguments: Sequence[str]) -> Sequence[Path]:
    """Build the disk image on a Mac; elsewhere try what can be tried without one, and return nothing.

    Raises:
        SetupError: a step failed, or (not on a Mac) what was tried did not hold.
    """
    parser = argparse.ArgumentParser(prog="dev.py package macos", description=build.__doc__)
    parser.parse_args(arguments)
    if platform.system() != "Darwin":
        from deskpack.macos import dry

        dry.try_without_a_mac()
        return ()
    from deskpack import freezing, licences

    secrets, machine = Secrets.read(os.environ), platform.machine()
    os.environ["DESKHAND_OLDEST_MACOS"] = oldest_macos(licences.folder_of(freezing.environment()), machine)
    # Else PyInstaller only warns of a bundle that could not be signed.
    os.environ |= {"PYINSTALLER_STRICT_BUNDLE_CODESIGN_ERROR": "1", "PYINSTALLER_VERIFY_BUNDLE_SIGNATURE": "1"}
    with signing.identity(secrets) as identity:
        os.environ["CODESIGN_IDENTITY"] = identity
        folder = freezing.freeze().parent
        made = image(folder / f"{product.NAME}.app", freezing.DIST, machine, identity, secrets)
    return (made,)


def image(app: Path, target: Path, machine: str, identity: str, secrets: Secrets) -> Path:
    """Make the disk image of a frozen bundle and return it.

    Args:
        app: the bundle, signed by PyInstaller.
        target: the folder for the image.
        machine: its processor.
        identity: whom to sign the image as; empty for nobody.
        secrets: of these, Apple's key is asked for.

    Raises:
        SetupError: a step failed.
    """
    with step("Proving the bundle's signature"):
        run("codesign", "--verify", "--deep", "--strict", "--verbose=2", app)
    if not identity:
        note("There is no CODESIGN_IDENTITY: signed for this Mac only; others refuse it until it is allowed by hand.")
    if identity and secrets.notary is not None:
        with step("Having Apple notarise the bundle"):
            signing.notarise_bundle(app, secrets.notary)
    target.mkdir(parents=True, exist_ok=True)
    made = target / image_name(machine)
    with step(f"Writing {made.name}"):
        _write(app, made)
    if identity:
        with step("Signing the image"):
            run("codesign", "--force", "--timestamp", "--sign", identity, made)
    if identity and secrets.notary is not None:
        with step("Having Apple notarise the image"):
            signing.notarise(made, secrets.notary)
            run("spctl", "--assess", "--type", "open", "--context", "context:primary-signature", "--verbose=2", made)
    return made


def _write(app: Path, image: Path) -> None:
    """Write an image with the bundle and, to drag it onto, a link to the folder of programs."""
    stage = app.parent / "image"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    # ditto keeps links and signatures as they are.
    run("ditto", app, stage / app.name)
    (stage / "Applications").symlink_to("/Applications")
    image.unlink(missing_ok=True)
    run("hdiutil", "create", "-volname", product.NAME, "-srcfolder", stage, "-fs", "HFS+", "-format", "UDZO", image)
    shutil.rmtree(stage)
