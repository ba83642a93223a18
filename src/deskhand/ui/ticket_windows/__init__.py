"""Tickets in windows of their own: header, conversation, reply box and customer, without a list.

presenter       which tickets have such a window; opens, raises and closes them
desk            drives one of them: its actions are done to its ticket
desk_actions    its keys and its palette
ticket_window   places its panes
"""
