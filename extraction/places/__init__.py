"""Place names in an article: which are places, and which place each one is."""
