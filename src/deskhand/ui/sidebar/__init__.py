"""The window's sidebar as a whole.

Modules:
    sidebar   the pane of accounts and views with its foot, or the rail with the pane over it
    rail      the same as icons
"""
