"""Accounts, keys, ledger, jobs, storage and the durable workflow: all SQL and all durability. No pixels."""
