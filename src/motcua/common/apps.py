from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    name = "motcua.common"
    label = "common"

    def ready(self) -> None:
        post_migrate.connect(_install_last, dispatch_uid="motcua triggers")
        checks.register(_check_triggers, checks.Tags.database)


def _install_last(app_config: AppConfig, **signal: object) -> None:
    """Once per migration run, after the last of our apps: then every table is there."""
    from django.apps import apps

    from motcua.common import triggers

    ours = [
        config.label for config in apps.get_app_configs() if config.name.startswith("motcua.") and config.models_module
    ]
    if app_config.label == ours[-1]:
        triggers.install()


def _check_triggers(databases: Sequence[str] | None = None, **_options: Any) -> list[checks.CheckMessage]:
    """`motcua` commands run this at every start: a database without its triggers is not served."""
    from django.db import connection

    from motcua.common import triggers

    if not databases or "common_outboxevent" not in connection.introspection.table_names():
        return []
    return [
        checks.Error(f"The trigger {name} is missing.", hint="Run: motcua migrate", id="motcua.E001")
        for name in triggers.missing()
    ]
