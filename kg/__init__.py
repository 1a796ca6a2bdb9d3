"""Outcome Harvest Knowledge Graph."""
