from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "motcua.registry"
    label = "registry"
