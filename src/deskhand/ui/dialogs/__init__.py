"""Questions and forms in front of the window: opened with `open()`, never `exec()`, which would stall the loop.

Each is a `Sheet`: Esc cancels, Enter does what the filled button says, and the sheet's words are all plain text. A dialog checks what
it can know by itself (a field that is missing, two passphrases that differ) and tells the rest by signals; it does no work.
"""
