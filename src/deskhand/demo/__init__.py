"""`deskhand demo`: everything against the sandbox, with a throw-away profile and secrets in memory only.

    arguments   what may be typed (described without loading anything)
    sandbox_process  the sandbox in a process of its own, and its control plane
    accounts    signs in to every vendor
    window      with a display: the window, where customers write now and then
    script      without one: the main job step by step, each step checked at the sandbox, with screenshots
    program     chooses between the two

It never touches the user's keyring or data.
"""
