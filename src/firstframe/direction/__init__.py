"""Words to `Direction`: vocabulary, parser, prompt optimizer. No pixels, no engines."""
