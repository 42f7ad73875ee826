"""Run by Alembic: takes the connection and the transaction that `upgrade` holds."""

from alembic import context

from firstframe.service.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
