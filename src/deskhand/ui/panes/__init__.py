"""The parts of the window that a splitter places: setters in, signals out, driven by `ui.presenters`.

    accounts_pane   search, smart views, one card per account (account_card, view_row, status_words)
    list_pane       title, filters and search line around the ticket list (filter_bar, filter_menu)
    status_line     what the program is doing, in words
    welcome         the first start, before there is an account

A setter compares with what is shown and touches only what differs: scroll position and focus stay where the agent put them.
"""
