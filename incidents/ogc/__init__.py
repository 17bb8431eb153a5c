"""The published layers as an OGC API – Features 1.0 at ``/ogc/``.

``collections`` says what the collections are and selects from them, ``parameters`` reads a query
string, ``openapi`` describes both to programs from the same declarations, ``views`` answers.
"""
