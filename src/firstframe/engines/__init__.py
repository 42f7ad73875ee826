"""Engines turn a first frame and a direction into frames. No database, no HTTP."""
