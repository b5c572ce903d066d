from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "motcua.overview"
    label = "overview"

    def ready(self) -> None:
        from motcua.common.navigation import show_when
        from motcua.overview.access import may_read_log

        show_when("overview:log", may_read_log)
