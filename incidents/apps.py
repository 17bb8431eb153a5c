"""The Django app that stores, shows and exports incidents."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "incidents"
