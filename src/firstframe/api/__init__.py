"""One module per dialect and the app that mounts them. No logic: requests in, service calls, responses out."""
