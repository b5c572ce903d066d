"""Kinds of official document and the ways they travel."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DocumentKind(models.TextChoices):
    """The kinds that a programme meets (DECREE30 A6 has them all)."""

    DECISION = "decision", _("decision")
    OFFICIAL_LETTER = "official letter", _("official letter")
    GUIDANCE = "guidance", _("guidance")
    PLAN = "plan", _("plan")
    REPORT = "report", _("report")
    NOTICE = "notice", _("notice")
    PROPOSAL = "proposal", pgettext_lazy("document", "proposal")
    RESOLUTION = "resolution", _("resolution")
    CONTRACT = "contract", _("contract")
    MINUTES = "minutes", _("minutes")
    OTHER = "other", _("other document")


STATUTORY_NAMES = {
    "decision": "Quyết định",
    "official letter": "Công văn",
    "guidance": "Hướng dẫn",
    "plan": "Kế hoạch",
    "report": "Báo cáo",
    "notice": "Thông báo",
    "proposal": "Tờ trình",
    "resolution": "Nghị quyết",
    "contract": "Hợp đồng",
    "minutes": "Biên bản",
    "other": "Văn bản",
}
"""What a citation calls each kind: statutory wording, Vietnamese in every language."""


class Direction(models.TextChoices):
    INCOMING = "incoming", _("incoming")
    OUTGOING = "outgoing", _("outgoing")
