"""Programs for those who work on the toolkit: run as `python -m tools.NAME`."""
