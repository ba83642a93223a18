"""Parts that show and tell: setters in, signals out; no services, no coroutines.

Every painter is opened by `with`: one that outlives its paint event (an exception's traceback keeps it) ends in a crash of Qt.
"""
