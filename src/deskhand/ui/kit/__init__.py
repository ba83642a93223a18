"""Parts that every subject uses: setters in, signals out; no services, no coroutines.

    tokens, theme, stylesheet   colours, fonts, spacing; following the system
    icons, resources            one outline set, tinted from the palette; where the files beside the code are
    sheet, scrim                a dialog over its window, which is darker meanwhile: Esc cancels, Enter does what the filled button says;
                                opened with `open()`, never `exec()`, which would stop the loop
    popup_frame, compositor     the one frame of menus, lists, popups and sheets, and whether windows can be transparent at its edge
    popup, menu, combo_list     a popup, a menu and the list of a combo box in it
    line_delegate               rows of Qt's own lists and tables, each in its own direction
    text_menu                   the menu of a text that is typed into, in it
    motion                      how long what opens takes, and how it appears
    account_mark                an account's icon in its colour, as pixels and as a widget
    icon_label                  an icon beside words, where a pixmap would keep the colours of another theme
    labels                      text that cannot be mistaken for HTML
    pacing                      reading again after changes, without falling behind them

Every painter is opened by `with`: one that outlives its paint event (an exception's traceback keeps it) ends in a crash of Qt.
A setter compares with what is shown and touches only what differs: scroll position and focus stay where the agent put them.
"""
