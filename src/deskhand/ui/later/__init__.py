"""Later: a ticket is put away until a time that is typed or chosen, and comes back; reminders and pins.

popup      where the time is typed or chosen
presenter  what is done then, and how it is undone
"""
