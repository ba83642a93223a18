"""Linked work: tickets that belong together, chosen, shown at the open ticket, taken apart again.

link_popup   where the other ticket is looked for
linked_box   the part "Linked" beside the conversation, or under a record
presenter    what is done then, and how it is undone
"""
