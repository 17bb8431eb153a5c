"""Settings, URLs and the server: wiring only."""

__version__ = "0.1.0"
