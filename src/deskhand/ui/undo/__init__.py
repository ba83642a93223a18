"""What was done, as one line that takes it back, and the keys that undo and do again.

presenter  shows steps of the history, undoes them and does them again
"""
