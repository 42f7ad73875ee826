"""Backups: complete, of one moment, and good for any database, storage and later version."""

from __future__ import annotations

import io
import json
import os
import stat
import tarfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from firstframe.clip import ClipRequest
from firstframe.errors import MalformedRequest, NotFound, ServiceUnavailable
from firstframe.service import accounts, archive, keys, ledger, migrations
from firstframe.service.clock import now
from firstframe.service.database import Database, address
from firstframe.service.front import Caller, Service
from firstframe.service.tables import chores, jobs, metadata
from firstframe.settings import Settings

from .stage import FILM, Stage

REQUEST = ClipRequest(first_frame_image=b"picture", prompt="a prompt, schön")
GRANTED = 100_000_000
WAIT_SECONDS = 60


@pytest.fixture
def busy(service: Service, caller: Caller) -> tuple[str, str]:
    """Two jobs: one done, one waiting."""
    service.start()
    done = service.wait(caller, submit(service, caller), WAIT_SECONDS)
    assert done.state == "succeeded"
    service._workplace.close(0)
    return done.id, submit(service, caller)


def submit(service: Service, caller: Caller) -> str:
    return service.submit(caller, "parallax", REQUEST, dialect="test", idempotency_key=str(now().timestamp())).id


def rows(service: Service) -> dict[str, list[dict[str, object]]]:
    kept = [table for table in metadata.sorted_tables if table.name not in archive.OF_THE_MOMENT]
    with service.database.read() as connection:
        return {
            table.name: sorted((dict(row) for row in connection.execute(select(table)).mappings()), key=repr)
            for table in kept
        }


def faults(service: Service) -> list[str]:
    return [fault for finding in service.doctor() for fault in finding.faults]


@pytest.fixture
def elsewhere(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """Another deployment, on a database of the other kind; without a PostgreSQL here, its tests are skipped."""
    url = ""
    if request.node.callspec.params["database_url"] == "sqlite":
        url = request.getfixturevalue("postgres_server").create()
    return Settings(data_dir=tmp_path / "elsewhere", database_url=url)


def test_14_a_backup_restored_elsewhere_is_the_same_and_goes_on(
    service: Service, caller: Caller, busy: tuple[str, str], elsewhere: Settings, tmp_path: Path, stage: Stage
) -> None:
    done, waiting = busy
    path = tmp_path / "backups" / "all.tar"
    manifest = service.backup(path)
    assert (manifest.files, manifest.missing, manifest.tables["jobs"]) == (3, (), 2)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.glob("*all*")] == ["all.tar"]
    before = rows(service)
    assert Service.restore(elsewhere, path) == manifest
    moved = Service.open(elsewhere, studio=stage.studio())
    try:
        after = rows(moved)
        for name in before:
            if name != "jobs":
                assert after[name] == before[name]
        assert moved.job(caller, waiting).deadline_at > service.job(caller, waiting).deadline_at
        film = moved.open_file(moved.file_token(moved.job(caller, done)))
        assert moved.storage.read(film.storage_key) == FILM
        moved.start()
        assert moved.wait(caller, waiting, WAIT_SECONDS).state == "succeeded"
        assert moved.balance_micro(caller) == GRANTED - 2 * 410_000
        assert faults(moved) == []
        assert submit(moved, caller)
    finally:
        moved.stop(0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_14_a_text_that_postgresql_cannot_keep_is_made_one_that_it_can(
    service: Service, caller: Caller, elsewhere: Settings, tmp_path: Path, stage: Stage
) -> None:
    job_id = submit(service, caller)
    with service.database.write() as connection:
        connection.execute(update(jobs).where(jobs.c.id == job_id).values(webhook_url="http://exa\x00mple.com/"))
    service.backup(tmp_path / "all.tar")
    Service.restore(elsewhere, tmp_path / "all.tar")
    moved = Service.open(elsewhere, studio=stage.studio())
    with moved.database.read() as connection:
        kept = connection.execute(select(jobs.c.webhook_url).where(jobs.c.id == job_id)).scalar_one()
    moved.stop(0)
    assert kept == "http://exa\ufffdmple.com/"


def test_14_a_backup_under_load_is_sound(
    service: Service, caller: Caller, elsewhere: Settings, tmp_path: Path, stage: Stage
) -> None:
    over = threading.Event()

    def load() -> None:
        while not over.is_set():
            submit(service, caller)
            time.sleep(0.01)

    service.start()
    threads = [threading.Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        archives = [tmp_path / f"{number}.tar" for number in range(3)]
        for path in archives:
            service.backup(path)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    manifest = Service.restore(elsewhere, archives[-1])
    moved = Service.open(elsewhere, studio=stage.studio())
    with moved.database.read() as connection:
        assert ledger.faults(connection) == []
    missing = [fault for fault in faults(moved) if "missing" in fault]
    assert len(missing) == len(manifest.missing) == 0
    moved.stop(0)


def test_a_database_in_use_is_not_overwritten(service: Service, caller: Caller, tmp_path: Path) -> None:
    service.backup(tmp_path / "all.tar")
    with pytest.raises(ServiceUnavailable, match="not empty"):
        Service.restore(service.settings, tmp_path / "all.tar")
    assert service.balance_micro(caller) == GRANTED


def test_what_is_no_archive_is_refused(elsewhere: Settings, tmp_path: Path, database_url: str) -> None:
    with pytest.raises(NotFound):
        Service.restore(elsewhere, tmp_path / "nothing.tar")
    (tmp_path / "text.tar").write_text("no archive")
    with pytest.raises(MalformedRequest):
        Service.restore(elsewhere, tmp_path / "text.tar")
    newer = {"format": 99, "program": "9.9", "revision": "9999", "made_at": "", "tables": {}, "files": 0, "missing": []}
    for name, content in {"other": b"{}", "newer": json.dumps(newer).encode()}.items():
        with tarfile.open(tmp_path / f"{name}.tar", "w") as made:
            member = tarfile.TarInfo("manifest.json")
            member.size = len(content)
            made.addfile(member, io.BytesIO(content))
        with pytest.raises(MalformedRequest):
            Service.restore(elsewhere, tmp_path / f"{name}.tar")


def test_a_hostile_archive_writes_nothing_outside(elsewhere: Settings, tmp_path: Path, service: Service) -> None:
    service.backup(tmp_path / "all.tar")
    with tarfile.open(tmp_path / "all.tar", "a") as made:
        member = tarfile.TarInfo("files/../../../evil")
        member.size = 4
        made.addfile(member, io.BytesIO(b"evil"))
    with pytest.raises(NotFound):
        Service.restore(elsewhere, tmp_path / "all.tar")
    assert not list(tmp_path.parent.rglob("evil"))


def test_nightly_backups_are_made_once_a_day_and_the_oldest_go(service: Service, tmp_path: Path) -> None:
    folder = tmp_path / "nightly"
    for _ in range(2):
        archive.nightly(service.database, folder, keep=2)
        archive.nightly(service.database, tmp_path / "of another host", keep=2)
    assert len(list(folder.iterdir())) == 1
    assert not (tmp_path / "of another host").exists()
    with service.database.write() as connection:
        connection.execute(update(chores).values(done_at=now() - archive.NIGHTLY))
    for number in range(3):
        old = folder / f"nightly-2020010{number}T000000.tar"
        old.write_bytes(b"")
        os.utime(old, (number, number))
    made = next(file for file in folder.iterdir() if "2020" not in file.name)
    newest = made.rename(folder / "nightly-20260101T000000.tar")
    os.utime(newest, (10, 10))
    archive.nightly(service.database, folder, keep=2)
    left = sorted(file.name for file in folder.iterdir())
    assert len(left) == 2
    assert newest.name in left
    assert not any(name.startswith("nightly-2020") for name in left)


@pytest.mark.parametrize(("keep", "had", "left"), [(14, 8, 8), (14, 14, 14), (14, 16, 14), (0, 3, 3)])
def test_nightly_backups_go_only_when_there_are_more_than_are_kept(
    service: Service, tmp_path: Path, keep: int, had: int, left: int
) -> None:
    archive.nightly(service.database, tmp_path / "today", keep=1)
    for number in range(had):
        (tmp_path / f"nightly-202001{number + 1:02}T000000.tar").write_bytes(b"")
    archive.nightly(service.database, tmp_path, keep)
    assert len(list(tmp_path.glob("nightly-*.tar"))) == left


def test_13_an_older_database_is_copied_then_migrated_and_its_archive_too(
    tmp_path: Path, database_url: str, stage: Stage
) -> None:
    data_dir = tmp_path / "data"
    settings = Settings(data_dir=data_dir, database_url=database_url)
    old = Database(address(database_url, data_dir))
    with old.write() as connection:
        migrations.upgrade(connection, "0001")
        connection.exec_driver_sql(
            "INSERT INTO accounts (id, name, balance_micro, created_at) VALUES ('a', 'old', 5, '2026-01-01 00:00:00')"
        )
        connection.exec_driver_sql(
            "INSERT INTO ledger_entries (account_id, kind, amount_micro, reason, created_at) "
            "VALUES ('a', 'grant', 5, 'x', '2026-01-01 00:00:00')"
        )
    old.close()
    service = Service.open(settings, studio=stage.studio())
    with service.database.read() as connection:
        assert migrations.current(connection) == migrations.newest()
        assert [account.name for account in accounts.every(connection)] == ["old"]
        assert ledger.faults(connection) == []
    (copy,) = (data_dir / "backups").glob("before-*")
    service.stop(0)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    if copy.suffix == ".db":
        kept = Database(address(f"sqlite:///{copy}", data_dir))
        with kept.read() as connection:
            assert migrations.current(connection) == "0001"
        kept.close()
    else:
        elsewhere = Settings(data_dir=tmp_path / "elsewhere")
        assert Service.restore(elsewhere, copy).revision == "0001"
        service = Service.open(elsewhere, studio=stage.studio())
        assert [account.name for account in service.administration.accounts()] == ["old"]
        assert service.administration.entries("a")[0][0].created_at == datetime(2026, 1, 1, tzinfo=UTC)
        service.stop(0)


def test_the_doctor_finds_what_is_wrong(
    open_service: Callable[..., Service], service: Service, caller: Caller, busy: tuple[str, str]
) -> None:
    done, waiting = busy
    service._housekeeper.stop()
    assert faults(service) == ["1 jobs wait for the engine parallax, which no live worker has."]
    file = service.open_file(service.file_token(service.job(caller, done)))
    service.storage.put(file.storage_key, b"cut")
    (service.settings.data_dir / "signing.key").chmod(0o644)
    table = "workflow_status" if service.database.is_sqlite else "dbos.workflow_status"
    with service.database.write() as connection:
        connection.exec_driver_sql("UPDATE accounts SET balance_micro = 1")
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE workflow_uuid = '{waiting}'")
        connection.exec_driver_sql(f"UPDATE jobs SET deadline_at = '2020-01-01 00:00:00' WHERE id = '{waiting}'")
    found = faults(service)
    for part in ("balance of 1", "nothing will take it up", "past its deadline", "3 bytes instead of 4", "mode to 600"):
        assert sum(part in fault for fault in found) == 1
    service.storage.delete(file.storage_key)
    assert any("missing" in fault for fault in faults(service))


def test_keys_of_a_restored_database_still_work(
    service: Service, elsewhere: Settings, tmp_path: Path, stage: Stage
) -> None:
    secret = service.first_start()
    with service.database.write() as connection:
        revoked, dead = keys.issue(connection, accounts.every(connection)[0].id, "dead")
        keys.revoke(connection, revoked.id)
    service.backup(tmp_path / "all.tar", files=False)
    Service.restore(elsewhere, tmp_path / "all.tar")
    moved = Service.open(elsewhere, studio=stage.studio())
    assert moved.authenticate(secret).account_id == service.authenticate(secret).account_id
    with pytest.raises(Exception, match="Unauthorized"):
        moved.authenticate(dead)
    moved.stop(0)
