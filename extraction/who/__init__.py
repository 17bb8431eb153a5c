"""Who says it and who did it: voices, names of groups, claims, attributions, denials."""
