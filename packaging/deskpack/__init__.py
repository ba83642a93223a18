"""What `dev.py package` and `dev.py check-package` do, with the standard library only.

A package is made in three storeys, each a folder of files that the next one reads and never changes:

    product         names, identifiers, version: the same words in every package
    freezing        the program with its Python and Qt as one folder, `build/frozen/SYSTEM/deskhand`, by `packaging/deskhand.spec`
    pruning         (Linux) what nothing reaches, what must be the system's own, and the build machine's paths are taken out
    icu             (Linux) the largest part of Qt, cut down to what Qt asks for
    drawings        the icon in the sizes and formats that each system wants
    licences        the licences of everything that is carried along, put into the frozen folder
    linux           the tree of files as a Linux system wants it; debs, rpms and tarballs pack it
    desktop         what a Linux desktop and its software centre are told: desktop file, metainfo, manual page, icons
    changes         CHANGELOG.md as packages want it, and the date that everything in them bears
    depends         what a frozen folder needs from the system, as packages and as libraries
    windows         the frozen folder, on Linux by wine for a smoke test, and its packages: installer (NSIS) and msi, by signing
    windows_python  (Linux) a Python for Windows with the locked packages, to freeze with under wine
    wine            Debian 13 with wine in a folder; wine_desk is an agent's computer in it, wine_installer and wine_msi what is tried there
    macos           property list, bundle, disk image; macos_signing signs and has Apple notarise, macos_dry tries all else without a Mac
    foreign         the locked packages as another system gets them
    mach, elf       what the headers of a Mac's and a Linux program say
    appimage        AppDir, its file system, and the starter before it
    flatpak         the tree that `packaging/flatpak` takes, and the bundle where the runtime is installed
    locked          what a lock names
    sbom            the list of everything that a package carries
    checking        what a check is asked for, and its report
    check_linux     proves a .deb, .rpm or .tar.xz: unpacked here, installed in bare systems, starts beside the plain run
    check_windows   proves an .exe or .msi, here and under wine
    check_macos     proves a bundle, as far as Linux can, or a disk image on a Mac
    check_appimage  proves an AppImage by its parts
    check_program   what a frozen program says of itself
    roots           bare systems to install into; screens are outside of them, driven by accessible names (`packaging/linux/drive.py`)
    commands        `package SYSTEM`, `check-package FILE` and `sbom`

Results lie in `dist/`, everything between in `build/`; neither is committed. Where a machine cannot build or prove something, the
command says what and why, and its exit code tells.
"""
