"""Journeys in other tools' terms, one file each."""
