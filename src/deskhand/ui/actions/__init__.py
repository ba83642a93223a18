"""What a person can do: the actions, their keys, and what takes them back.

action       one action as a value
table        every action there is: window_actions, ticket_actions, account_actions, reply_box_actions,
             message_actions
ticket_values  what a ticket can be set to; ticket_subject: the open one, or all that are selected
synonyms     other words that find an action
selection    what an action of the window is done to
menu         a menu, drawn from actions
registry     the actions at work in the window: keys, palette, dialogs
keymap       which keys an action has now: a set (key_sets), and what the agent changed; as a file (key_file)
shortcuts    the keys: who has the focus decides which action a key means (digit_row, foreign_layout, typed_ahead)
ticket_keys  parts of the open ticket that an action gives the keyboard to
link_actions  link, sub-ticket, merge, duplicate
    undo_actions  undo and do again, the newest step or any of the last
keys_dialog  the overview of the keys
"""
