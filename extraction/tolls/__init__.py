"""How many were killed and wounded, as told."""
