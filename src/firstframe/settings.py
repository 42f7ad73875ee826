"""Every setting, its default and its origin. Environment variables are `FIRSTFRAME_…`, one per field."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRET_MIN_CHARACTERS = 16
DAY_SECONDS = 86400
STORAGE_SCHEMES = ("file", "s3", "s3a", "gs", "az", "abfs", "abfss", "memory")


def _default_data_dir() -> Path:
    return Path.home() / ".local" / "share" / "firstframe"


class Settings(BaseSettings):
    """Settings of one process, read from the environment."""

    model_config = SettingsConfigDict(
        env_prefix="FIRSTFRAME_", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    data_dir: Path = Field(default_factory=_default_data_dir, description="Database, clips and logs of `serve`.")
    engine: str = Field(default="parallax", description="Engine behind the slug hailuo-2.3-fast.")
    threads: int = Field(default=0, ge=0, le=1024, description="Threads for rendering; 0 takes every core, 8 at most.")
    fetch_allow: str = Field(
        default="", description="Comma-separated hosts or networks that image URLs may reach although private."
    )
    database_url: str = Field(default="", description="SQLAlchemy address; empty is an SQLite file in data_dir.")
    storage_url: str = Field(
        default="", description="Where pictures and clips are kept; empty is a folder in data_dir."
    )
    url_seconds: int = Field(
        default=7 * DAY_SECONDS,
        gt=0,
        le=3650 * DAY_SECONDS,
        description="How long a signed address of a clip stays good.",
    )
    signing_secret: SecretStr = Field(
        default=SecretStr(""), description="Signs addresses; empty takes a file in data_dir. Share it between hosts."
    )
    wait_seconds: float = Field(default=300, gt=0, le=DAY_SECONDS, description="Longest wait of a synchronous request.")
    deadline_seconds: float = Field(
        default=3600, gt=0, le=365 * DAY_SECONDS, description="A job not done by then expires, at no charge."
    )
    public_url: str = Field(
        default="", description="Address callers use, for result URLs; empty takes their Host header."
    )
    trust_proxy: bool = Field(default=False, description="Believe X-Forwarded-Host and -Proto of the proxy in front.")
    body_limit_bytes: int = Field(default=30 * 2**20, gt=0, description="Largest request body taken.")
    drain_seconds: float = Field(
        default=20, ge=0, le=DAY_SECONDS, description="Time for running requests and clips when stopping."
    )
    segmind_v1_response: Literal["json", "video"] = Field(
        default="json", description="Answer of Segmind v1 to callers whose Accept header leaves the choice."
    )
    demo_credits: float = Field(
        default=100, ge=0, le=1e9, description="Credits of the demo account of the first start."
    )
    worker_concurrency: int = Field(
        default=1, ge=1, le=256, description="Clips that one worker renders at the same time."
    )
    account_concurrency: int = Field(default=1, ge=1, description="Clips of one account rendered at the same time.")
    account_queue: int = Field(default=50, ge=1, description="Clips of one account that may wait at the same time.")
    queue_limit: int = Field(default=500, ge=1, description="Clips that may wait at the same time, of all accounts.")
    rate_per_minute: int = Field(default=60, ge=0, description="Orders of one account in a minute; 0 sets no limit.")
    prices: str = Field(
        default="", description="Prices in credits besides the usual, such as 768p/6=0.2, parallax/1080p/10=0."
    )
    disk_floor_bytes: int = Field(
        default=512 * 2**20, ge=0, description="With less free space in the storage folder, no order is taken."
    )
    keep_files_days: int = Field(
        default=30,
        ge=0,
        le=36500,
        description="Pictures and clips are deleted so long after their job ended; 0 keeps them.",
    )
    keep_words_days: int = Field(
        default=90, ge=0, le=36500, description="Prompts, reports and events are deleted so long after; 0 keeps them."
    )
    backup_keep: int = Field(
        default=14, ge=0, description="Nightly backups of the database kept in data_dir/backups; 0 makes none."
    )
    log_format: Literal["auto", "json", "text"] = Field(
        default="auto", description="How the log is written; auto is text on a terminal and JSON elsewhere."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least that is logged; DEBUG also shows what libraries say."
    )
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="Opens /metrics as a bearer token; empty opens it to this machine alone."
    )
    worker_name: str = Field(
        default="",
        pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]{0,99})?$",
        description="Lasting name of this worker; empty takes a free slot.",
    )
    debug: bool = Field(default=False, description="The command line shows the traceback of an unexpected failure.")
    attempts_max: int = Field(default=3, ge=1, description="Renders of one job before it fails, crashes included.")

    @field_validator("data_dir")
    @classmethod
    def _data_dir_can_be(cls, value: Path) -> Path:
        folder = value.expanduser()
        if folder.exists() and not folder.is_dir():
            raise ValueError("this is a file; name a folder")
        return folder

    @field_validator("database_url")
    @classmethod
    def _database_url_can_be(cls, value: str) -> str:
        scheme, _, rest = value.partition("://")
        is_file = scheme in ("sqlite", "sqlite+pysqlite") and len(rest) > 1 and rest.startswith("/")
        is_server = scheme in ("postgresql", "postgresql+psycopg") and bool(rest) and _has_good_port(value)
        if value and not (is_file or is_server):
            raise ValueError("should be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE")
        return value

    @field_validator("storage_url")
    @classmethod
    def _storage_url_can_be(cls, value: str) -> str:
        scheme, _, rest = value.partition(":")
        if value and (scheme not in STORAGE_SCHEMES or (not rest.strip("/") and scheme != "memory")):
            raise ValueError("should be file:///FOLDER, or s3://BUCKET/FOLDER, gs://… or az://…")
        return value

    @field_validator("public_url")
    @classmethod
    def _public_url_can_be(cls, value: str) -> str:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
        if value and not (fits and _has_good_port(value)):
            raise ValueError("should be an address such as https://clips.example")
        return value

    @field_validator("signing_secret", "metrics_token")
    @classmethod
    def _secret_is_long(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < SECRET_MIN_CHARACTERS:
            raise ValueError(f"should have at least {SECRET_MIN_CHARACTERS} characters")
        return value


def _has_good_port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
