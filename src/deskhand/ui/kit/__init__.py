"""Parts that every subject uses: setters in, signals out; no services, no coroutines.

    tokens, theme, stylesheet   colours, fonts, spacing; following the system
    icons, resources            one outline set, tinted from the palette; where the files beside the code are
    sheet                       a dialog: Esc cancels, Enter does what the filled button says; opened with `open()`, never `exec()`,
                                which would stop the loop
    labels                      text that cannot be mistaken for HTML
    pacing                      reading again after changes, without falling behind them

Every painter is opened by `with`: one that outlives its paint event (an exception's traceback keeps it) ends in a crash of Qt.
A setter compares with what is shown and touches only what differs: scroll position and focus stay where the agent put them.
"""
