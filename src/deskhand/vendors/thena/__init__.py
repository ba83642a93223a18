"""Thena: teams, threads, replies, notes, search. Facts: https://docs.thena.ai/api-reference."""
