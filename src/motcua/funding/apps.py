from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "motcua.funding"
    label = "funding"

    def ready(self) -> None:
        from motcua.common.triggers import register
        from motcua.funding.triggers import money_triggers

        register(money_triggers)
