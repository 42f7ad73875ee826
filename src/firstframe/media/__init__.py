"""Bytes to pixels and back: guarded fetch, picture decoding, colour, video encoding. No engines, no service."""
