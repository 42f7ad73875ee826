"""Frames of a clip side by side as one picture: `contact_sheet.py CLIP -o sheet.png`."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from firstframe.media.colour import to_rgb
from firstframe.media.video import decode_frames, probe


def main() -> None:
    """Read the clip, write the sheet (PNG or JPEG by name)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", type=Path, nargs="+")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--frames", type=int, default=8, help="frames of each clip (default: 8)")
    parser.add_argument("--columns", type=int, default=4, help="frames in a row (default: 4)")
    parser.add_argument("--width", type=int, default=320, help="pixels of one frame (default: 320)")
    options = parser.parse_args()
    tiles = [tile for clip in options.clip for tile in tiles_of(clip, options.frames, options.width)]
    sheet(tiles, options.columns).save(options.output, quality=85)


def tiles_of(clip: Path, frames: int, width: int) -> list[Image.Image]:
    """Evenly spread frames of `clip`, first and last included, `width` pixels wide."""
    indices = np.linspace(0, probe(clip).frames - 1, frames).round().astype(int).tolist()
    pictures = (Image.fromarray(to_rgb(frame)) for frame in decode_frames(clip, indices))
    return [picture.resize((width, round(width * picture.height / picture.width))) for picture in pictures]


def sheet(tiles: list[Image.Image], columns: int) -> Image.Image:
    """Tiles of one width in rows, row by row, each row as high as its highest tile, on white."""
    rows = [tiles[start : start + columns] for start in range(0, len(tiles), columns)]
    heights = [max(tile.height for tile in row) for row in rows]
    page = Image.new("RGB", (columns * tiles[0].width, sum(heights)), "white")
    for number, row in enumerate(rows):
        for column, tile in enumerate(row):
            page.paste(tile, (column * tile.width, sum(heights[:number])))
    return page


if __name__ == "__main__":
    main()
