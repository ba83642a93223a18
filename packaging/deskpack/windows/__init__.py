"""The Windows packages, and how they are proven.

building        freezes on Windows, or by wine on Linux, and packs: `installer` by NSIS, `msi` by WiX or wixl
signing         signatures by osslsigncode, where this is not Windows
wine_python     Windows' own Python and the locked wheels, put together on Linux
wine            a Debian 13 with wine 10, its screen, and commands in it
proof           `check-package` for .exe and .msi: what can be read of them here, and `wine_installer` and `wine_msi` under wine
wine_desk       the installed program under wine as an agent uses it, and the sandbox beside it
"""
