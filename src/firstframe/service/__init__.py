"""Accounts, keys, ledger, jobs, storage and the durable workflow: all SQL and all durability. No pixels.

`front.Service` is the one door; dialects and the command line use nothing else of this room.
"""
