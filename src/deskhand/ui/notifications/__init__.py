"""What the program says about itself: the foot of the sidebar, the strip of messages, and a failure to start."""
