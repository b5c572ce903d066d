from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "motcua.followup"
    label = "followup"

    def ready(self) -> None:
        from motcua.followup import tasks  # noqa: F401 (its functions take events)
