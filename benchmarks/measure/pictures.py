"""Folders of first frames with their prompts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"}
PROMPT = "The camera slowly pushes in."


@dataclass(frozen=True)
class FirstFrame:
    """A picture file and the words that belong to it."""

    path: Path
    prompt: str

    @property
    def name(self) -> str:
        """File name without suffix."""
        return self.path.stem


def in_folder(folder: Path) -> list[FirstFrame]:
    """Pictures of `folder`: those of its `manifest.json` (a list of `{"file", "prompt"}`), else all, by name."""
    manifest = folder / "manifest.json"
    if manifest.exists():
        rows = json.loads(manifest.read_text(encoding="utf-8"))
        found = [FirstFrame(folder / row["file"], row["prompt"]) for row in rows]
    else:
        found = [FirstFrame(path, PROMPT) for path in sorted(folder.iterdir()) if path.suffix.lower() in SUFFIXES]
    if not found:
        raise SystemExit(f"No pictures in {folder}.")
    return found
