"""What `dev.py package`, `dev.py check-package` and `dev.py sbom` do, with the standard library only.

A package is made in three storeys, each a folder of files that the next one reads and never changes: the program with its Python and Qt
as one folder (`freezing`), a system's tree around it, and the packages of that tree. The packages of each system are a room of their own:

    linux           .deb, .rpm, .tar.xz, AppImage and Flatpak; bare systems to install them into
    windows         installer and MSI; Windows' Python under wine, to freeze and to try with on Linux
    macos           bundle and disk image; what can be tried of them without a Mac

What all of them use:

    product         names, identifiers, version: the same texts in every package
    freezing        the frozen folder, `build/frozen/SYSTEM/deskhand`, by `packaging/deskhand.spec`
    support_files   the Python files inside shiboken, compiled, so that no start of the program compiles them
    drawings        the icon in the sizes and formats that each system wants
    licences        the licences of everything that is carried along, put into the frozen folder
    changes         CHANGELOG.md as packages want it, and the date that everything in them bears
    locked          what a lock names
    foreign         the locked packages as another system gets them
    sbom            the list of everything that a package carries
    leaks           what must not be in a package: folders of the machine that built it, and where it installs from
    checking        what a check is asked for, and its report
    check_program   what a frozen program says of itself
    commands        `package SYSTEM`, `check-package FILE` and `sbom`

Results lie in `dist/`, everything between in `build/`; neither is committed. Where a machine cannot build or prove something, the
command says what and why, and its exit code tells.
"""
