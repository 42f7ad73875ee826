"""Keys: shown once, stored as a hash, refused when anything about them is not right."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from firstframe.clip import ClipRequest
from firstframe.errors import Forbidden, NotFound, Unauthorised
from firstframe.service import accounts, keys
from firstframe.service.clock import now
from firstframe.service.database import Database
from firstframe.service.front import Service
from firstframe.service.tables import metadata


def issue(database: Database, **options: object) -> tuple[keys.Key, str]:
    with database.write() as connection:
        account = accounts.create(connection, "shop")
        return keys.issue(connection, account.id, "till", **options)  # type: ignore[arg-type]  # options of one call


def authenticate(database: Database, secret: str | None) -> keys.Caller:
    with database.read() as connection:
        return keys.authenticate(connection, secret)


def test_a_key_has_256_random_bits_and_names_its_holder(database: Database) -> None:
    key, secret = issue(database)
    assert re.fullmatch(r"ff_[a-z0-9]{10}_[A-Za-z0-9_-]{43}", secret)
    assert (key.last_four, key.id) == (secret[-4:], secret.split("_")[1])
    caller = authenticate(database, secret)
    assert (caller.account_id, caller.key_id, caller.scopes) == (key.account_id, key.id, {"generate", "read"})


@pytest.mark.parametrize("secret", [None, "", "ff", "ff__", "ff_a_b", "ff_aaaaaaaaaa_" + "x" * 43, "\x00", "ключ_ж_ж"])
def test_what_is_no_key_is_refused(database: Database, secret: str | None) -> None:
    issue(database)
    with pytest.raises(Unauthorised):
        authenticate(database, secret)


def test_every_altered_character_is_refused(database: Database) -> None:
    _, secret = issue(database)
    for place in range(len(secret)):
        altered = secret[:place] + ("A" if secret[place] != "A" else "B") + secret[place + 1 :]
        # The first three characters only tell people what the text is, but the hash covers them too.
        with pytest.raises(Unauthorised):
            authenticate(database, altered)


def test_an_expired_key_is_refused(database: Database) -> None:
    _, secret = issue(database, expires_at=now() - timedelta(seconds=1))
    with pytest.raises(Unauthorised):
        authenticate(database, secret)


def test_a_revoked_key_is_refused_at_once(database: Database) -> None:
    key, secret = issue(database, expires_at=now() + timedelta(days=1))
    assert authenticate(database, secret).key_id == key.id
    for _ in range(2):
        with database.write() as connection:
            keys.revoke(connection, key.id)
    with pytest.raises(Unauthorised):
        authenticate(database, secret)


def test_revoking_an_unknown_key_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound), database.write() as connection:
        keys.revoke(connection, "nosuchkey")


def test_generate_includes_read_and_nothing_includes_admin() -> None:
    caller = keys.Caller("account", "key", frozenset({"generate"}))
    caller.require("read")
    with pytest.raises(Forbidden, match="admin"):
        caller.require("admin")
    with pytest.raises(Forbidden):
        keys.Caller("account", "key", frozenset({"read"})).require("generate")


def test_the_secret_is_in_no_column_and_in_no_file(service: Service) -> None:
    secret = service.first_start()
    assert secret is not None
    request = ClipRequest(first_frame_image=b"picture", prompt="a prompt")
    service.submit(service.authenticate(secret), "parallax", request, dialect="test")
    with service.database.read() as connection:
        rows = [repr(row) for table in metadata.sorted_tables for row in connection.execute(table.select())]
    kept = "\n".join(rows)
    assert secret.split("_")[1] in kept
    assert secret.split("_", 2)[2] not in kept
    for file in service.settings.data_dir.rglob("*"):
        assert file.is_dir() or secret.split("_", 2)[2].encode() not in file.read_bytes()


def test_the_demo_key_is_given_once(service: Service) -> None:
    assert service.first_start() is not None
    assert service.first_start() is None
    assert service.is_demo_only()
    with service.database.write() as connection:
        keys.issue(connection, accounts.every(connection)[0].id, "till")
    assert not service.is_demo_only()
    with service.database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM api_keys")).scalar() == 2
