"""Reports: each format one file, a pure function of what was checked."""
