"""What the follow-up does by itself when something below happened."""

import uuid
from collections.abc import Mapping
from typing import Any

from motcua.common import outbox
from motcua.common.actor import OPERATOR, Actor
from motcua.fieldwork.actions import CHECKS_RECORDED
from motcua.followup import actions

MACHINE = Actor(name="Motcua", role=OPERATOR, via="task")


@outbox.taker(CHECKS_RECORDED)
def raise_findings(payload: Mapping[str, Any]) -> None:
    """Raise, change or end the findings about the devices that were checked."""
    actions.derive_findings([uuid.UUID(device) for device in payload["devices"]], actor=MACHINE)
