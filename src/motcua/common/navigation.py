"""Which entries of the navigation an actor is shown: an app says so where its page is not everybody's."""

from collections.abc import Callable

from motcua.common.actor import Actor

_rules: dict[str, Callable[[Actor], bool]] = {}


def show_when(page: str, rule: Callable[[Actor], bool]) -> None:
    """Show a page's entry only to those who may open it (called from the app's AppConfig)."""
    _rules[page] = rule


def is_shown(page: str, actor: Actor | None) -> bool:
    """Whether the entry is shown; without a rule it is."""
    rule = _rules.get(page)
    return rule is None or (actor is not None and rule(actor))
