"""Signed addresses: only what we signed, only as long as we said."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstframe.errors import NotFound
from firstframe.service.signing import Signer, load_or_create

SIGNER = Signer(b"secret of the test")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ASSET = str(uuid4())


def test_a_token_names_its_asset_until_it_expires() -> None:
    token = SIGNER.token(ASSET, NOON)
    assert token.replace("-", "").replace("_", "").isalnum()
    assert SIGNER.asset_id(token, NOON - timedelta(seconds=1)) == ASSET
    with pytest.raises(NotFound):
        SIGNER.asset_id(token, NOON)


def test_every_altered_character_is_refused() -> None:
    token = SIGNER.token(ASSET, NOON)
    early = NOON - timedelta(days=1)
    for place in range(len(token)):
        for other in "AB-_z9":
            if other != token[place]:
                with pytest.raises(NotFound):
                    SIGNER.asset_id(token[:place] + other + token[place + 1 :], early)


@given(st.text(max_size=120))
def test_any_other_text_is_not_found(token: str) -> None:
    with pytest.raises(NotFound):
        SIGNER.asset_id(token, NOON)


def test_lengthened_cut_and_padded_tokens_are_refused() -> None:
    token = SIGNER.token(ASSET, NOON)
    for other in (token + "A", token + "=", token[:-1], token + "\n", " " + token, token + "=="):
        with pytest.raises(NotFound):
            SIGNER.asset_id(other, NOON - timedelta(days=1))


def test_another_secret_is_refused() -> None:
    with pytest.raises(NotFound):
        Signer(b"another").asset_id(SIGNER.token(ASSET, NOON), NOON - timedelta(days=1))


def test_the_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "signing.key"
    first = load_or_create(path)
    assert len(first) == 32
    assert load_or_create(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["signing.key"]
