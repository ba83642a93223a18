"""The macOS bundle and its disk image. Nothing here ever ran on a Mac.

building        freezes, has the bundle signed and notarised, and makes the image
signing         a keychain for one build, and Apple's notary
dry             lays the bundle out without a Mac (`packaging/macos/dry_bundle.py`) and looks at it
mach            what a Mac program's headers say
proof           `check-package` for .app and .dmg
"""
