"""Every setting, its default and its origin. Environment variables are `FIRSTFRAME_…`, one per field."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_data_dir() -> Path:
    return Path.home() / ".local" / "share" / "firstframe"


class Settings(BaseSettings):
    """Settings of one process, read from the environment."""

    model_config = SettingsConfigDict(env_prefix="FIRSTFRAME_", extra="ignore", frozen=True)

    data_dir: Path = Field(default_factory=_default_data_dir, description="Database, clips and logs of `serve`.")
    engine: str = Field(default="parallax", description="Engine behind the slug hailuo-2.3-fast.")
    threads: int = Field(default=0, ge=0, description="Threads for rendering and encoding; 0 takes every core.")
    fetch_allow: str = Field(
        default="", description="Comma-separated hosts or networks that image URLs may reach although private."
    )
    database_url: str = Field(default="", description="SQLAlchemy address; empty is an SQLite file in data_dir.")
    storage_url: str = Field(
        default="", description="Where pictures and clips are kept; empty is a folder in data_dir."
    )
    url_seconds: int = Field(default=7 * 86400, gt=0, description="How long a signed address of a clip stays good.")
    signing_secret: SecretStr = Field(
        default=SecretStr(""), description="Signs addresses; empty takes a file in data_dir. Share it between hosts."
    )
    wait_seconds: float = Field(default=300, gt=0, description="Longest wait of a synchronous request.")
    deadline_seconds: float = Field(default=3600, gt=0, description="A job not done by then expires, at no charge.")
    public_url: str = Field(
        default="", description="Address callers use, for result URLs; empty takes their Host header."
    )
    trust_proxy: bool = Field(default=False, description="Believe X-Forwarded-Host and -Proto of the proxy in front.")
    body_limit_bytes: int = Field(default=30 * 2**20, gt=0, description="Largest request body taken.")
    drain_seconds: float = Field(default=20, ge=0, description="Time for running requests and clips when stopping.")
    segmind_v1_response: Literal["json", "video"] = Field(
        default="json", description="Answer of Segmind v1 to callers whose Accept header leaves the choice."
    )
    demo_credits: float = Field(default=100, ge=0, description="Credits of the demo account of the first start.")
    worker_concurrency: int = Field(default=1, ge=1, description="Clips that one worker renders at the same time.")
    account_concurrency: int = Field(default=1, ge=1, description="Clips of one account rendered at the same time.")
    account_queue: int = Field(default=50, ge=1, description="Clips of one account that may wait at the same time.")
    queue_limit: int = Field(default=500, ge=1, description="Clips that may wait at the same time, of all accounts.")
    rate_per_minute: int = Field(default=60, ge=0, description="Orders of one account in a minute; 0 sets no limit.")
    disk_floor_bytes: int = Field(
        default=512 * 2**20, ge=0, description="With less free space in the storage folder, no order is taken."
    )
    keep_files_days: int = Field(
        default=30, ge=0, description="Pictures and clips are deleted so long after their job ended; 0 keeps them."
    )
    keep_words_days: int = Field(
        default=90, ge=0, description="Prompts, reports and events are deleted so long after; 0 keeps them."
    )
    backup_keep: int = Field(
        default=14, ge=0, description="Nightly backups of the database kept in data_dir/backups; 0 makes none."
    )
    worker_name: str = Field(default="", description="Lasting name of this worker; empty takes a free slot.")
    debug: bool = Field(default=False, description="The command line shows the traceback of an unexpected failure.")
    attempts_max: int = Field(default=3, ge=1, description="Renders of one job before it fails, crashes included.")


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
