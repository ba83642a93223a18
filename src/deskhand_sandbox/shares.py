"""Which vendors there are and which part of the tickets each holds."""

SHARES = {
    "nexuscore": 0.32,
    "thena": 0.30,
    "mijnklantportaal": 0.15,  # allows 60 requests a minute, so it holds few
    "routera": 0.18,
    "thalamus": 0.05,
}
"""The vendors in their order. The shares need not add up to 1."""
