"""The Linux packages, and how they are proven.

building        the tree of files as a Linux system wants it; `debs`, `rpms` and `tarballs` pack it
pruning         takes out of the frozen folder what nothing reaches, what must be the system's own, and the build machine's paths
icu             cuts the largest part of Qt down to what Qt asks for
desktop         what a desktop and its software centre are told: desktop file, metainfo, manual page, icons
depends         what a frozen folder needs from the system, as packages and as libraries
elf             what a program's headers say
appimage        AppDir, its file system, and the starter before it; `appimage_proof` proves it by its parts
flatpak         the tree that `packaging/flatpak` takes, and the bundle where the runtime is installed
proof           `check-package` for .deb, .rpm and .tar.xz: `unpacked` here, `installed` in bare systems, `starts` beside the plain run
roots           bare systems; `screens` are outside of them, driven by accessible names (`packaging/linux/drive.py`)
"""
