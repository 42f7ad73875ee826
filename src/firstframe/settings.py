"""Every setting, its default and its origin. Environment variables are `FIRSTFRAME_…`, one per field."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field
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


@lru_cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
