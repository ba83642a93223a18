"""Stands in for uvicorn's command line, which `import uvicorn` loads and which alone needs click; the sandbox serves without it."""

import sys
import types

command_line = types.ModuleType("uvicorn.main")
command_line.Server = command_line.main = command_line.run = None
sys.modules["uvicorn.main"] = command_line
