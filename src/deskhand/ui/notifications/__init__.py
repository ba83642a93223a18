"""What the program says about itself: the status line, and a failure to start."""
