from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "motcua.fieldwork"
    label = "fieldwork"
