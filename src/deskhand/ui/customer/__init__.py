"""The customer pane: who wrote, what is known of them, their other tickets, what happened."""
