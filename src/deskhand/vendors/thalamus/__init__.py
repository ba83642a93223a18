"""Thalamus by Nerds: takes tickets, comments and reference data, and tells nothing back. Facts: https://docs.developers.nerds.nl."""
