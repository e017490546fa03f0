"""Runs the migrations on the connection that `examsys.migrations.upgrade` hands in."""

from alembic import context

from examsys.migrations import tables

context.configure(connection=context.config.attributes["connection"], target_metadata=tables(), compare_type=True)
with context.begin_transaction():
    context.run_migrations()
