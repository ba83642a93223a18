"""Several tickets open at a time: tabs above the conversation. Only the one in front has widgets; the others are records."""
