"""One stretch of a sentence → one blow: what was fired, how many, and the role of each place."""
