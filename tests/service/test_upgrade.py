"""Jobs that waited in an older version's database are made by this one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, select

from firstframe.clip import ClipRequest
from firstframe.service import ledger, migrations
from firstframe.service.database import Database, address
from firstframe.service.front import Service
from firstframe.service.tables import accounts, api_keys, assets, job_events, jobs, ledger_entries
from firstframe.service.workflow import JobEngine
from firstframe.settings import Settings

from .stage import Stage

WAIT_SECONDS = 60
OLDER = sorted(migrations.known() - {migrations.newest()})


def test_13_there_are_older_versions() -> None:
    assert OLDER


@pytest.mark.parametrize("revision", OLDER)
def test_13_a_queued_job_of_an_older_version_is_made_after_the_upgrade(
    tmp_path: Path, database_url: str, stage: Stage, open_service: Callable[..., Service], revision: str
) -> None:
    files = f"file://{tmp_path / 'files'}"
    donor = Service.open(Settings(data_dir=tmp_path / "donor", storage_url=files), studio=stage.studio())
    caller = donor.authenticate(donor.first_start())
    request = ClipRequest(first_frame_image=b"picture", prompt="a prompt")
    job = donor.submit(caller, "parallax", request, dialect="test")

    old = Database(address(database_url, tmp_path))
    queue = JobEngine(old.url)
    with donor.database.read() as source, old.write() as connection:
        migrations.upgrade(connection, revision)
        for table in (accounts, api_keys, jobs, assets, ledger_entries, job_events):
            copy(source, connection, table)
        queue.enqueue(connection, job.id, "parallax", f"{caller.account_id}/0")
    queue.close()
    old.close()
    donor.stop(0)

    service = open_service(storage_url=files)
    service.start()
    assert service.wait(caller, job.id, WAIT_SECONDS).state == "succeeded"
    with service.database.read() as connection:
        assert migrations.current(connection) == migrations.newest()
        assert ledger.faults(connection) == []


def copy(source: Connection, target: Connection, table: Any) -> None:
    """The rows of one table, without the columns that the older version did not have; numbers are given anew."""
    known = {column["name"] for column in inspect(target).get_columns(table.name)}
    late = {"id"} if table in (ledger_entries, job_events) else {"output_asset_id"}
    rows = [dict(row) for row in source.execute(select(table)).mappings()]
    for row in rows:
        target.execute(table.insert().values({name: row[name] for name in known - late}))
