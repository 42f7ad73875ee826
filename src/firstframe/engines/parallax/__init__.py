"""The parallax engine: layers, real camera geometry and motion textures from one picture, without any weights."""
