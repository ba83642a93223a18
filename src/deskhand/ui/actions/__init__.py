"""What a person can do: the actions, their keys, and what takes them back.

action       one action as a value
registry     every action of the window, for menus and the palette
shortcuts    the keys: who has the focus decides which action a key means (digit_row, typed_ahead)
ticket_keys  what keys do to the open ticket, and why not
undo         the last change of a ticket, taken back
keys_dialog  the overview of the keys
"""
