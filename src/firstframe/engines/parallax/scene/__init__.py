"""The first frame understood: mattes, classes, fill, inverse depth and how far each can be trusted."""
