"""What the program says about itself, and what it never says.

`redaction` holds the live secret values and knows every shape in which they could slip into a text; `logs` and `crash` write
through it and nothing else in the product writes a file for diagnosis. `harden` closes what the operating system would tell.
Wiping memory is best effort in CPython and is not claimed.
"""
