"""Stretches → events: where one begins, which belong together, what is true of each."""
