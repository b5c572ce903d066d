from django.apps import AppConfig


class EquipmentConfig(AppConfig):
    name = "motcua.equipment"
    label = "equipment"
