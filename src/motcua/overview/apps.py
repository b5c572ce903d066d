from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "motcua.overview"
    label = "overview"
