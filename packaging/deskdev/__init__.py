"""What `packaging/dev.py` does, with the standard library only.

- `commands`: the commands one can type (`demo`, `test`, `setup`, `lock`, `clean`, and those of `deskpack`) and the checks of `test`. A new command
  is a module of its own here and a line in `commands.COMMANDS`.
- `environment`: the virtual environments in the checkout and what is installed into it.
- `debian`: the system packages that Qt and the tests need on Debian and Ubuntu.
- `lock`: writes the requirement files with versions and hashes that `environment` installs from.
- `steps`: prints each step with its duration, runs programs, and ends with one sentence where a step cannot be done.

The project itself is not installed but linked: a `.pth` file leads to `src`, and a small launcher gives the command
`deskhand`. That needs no build tool, so the demo's lock holds only what the program itself needs.
"""
