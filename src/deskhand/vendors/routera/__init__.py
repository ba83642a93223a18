"""Routera: records with pipelines and stages, and routers that choose an owner; no conversations. Facts: https://docs.routera.io."""
