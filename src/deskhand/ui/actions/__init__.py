"""What a person can do: the actions, their keys, and what takes them back.

action       one action as a value
table        every action there is: window_actions, ticket_actions, account_actions, reply_box_actions
selection    what an action of the window is done to
menu         a menu, drawn from actions
registry     the actions at work in the window: keys, palette, dialogs
shortcuts    the keys: who has the focus decides which action a key means (digit_row, typed_ahead)
ticket_keys  parts of the open ticket that an action gives the keyboard to
undo         the last change of a ticket, taken back
keys_dialog  the overview of the keys
"""
