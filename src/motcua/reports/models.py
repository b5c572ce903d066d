"""How a unit issues its reports, templates, and drafts with every edition kept."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.common.models import Record
from motcua.funding.models import Programme
from motcua.registry.models import OfficialDocument
from motcua.units.models import Unit


class IssueForm(Record):
    """What a unit's report on a programme carries besides its text: subject, symbol, place, recipients, signature.

    `recipients`: [{"name", "copy"}]; `signature`: {"on_behalf_of", "for", "title", "name"}, as in a case's issue.json.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="issue_forms")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=20, default="report")
    subject = models.CharField(_("subject"), max_length=500)
    symbol = models.CharField(_("symbol"), max_length=30, blank=True)
    parent_name = models.CharField(_("governing body"), max_length=200, blank=True)
    issuer_name = models.CharField(_("issuing body"), max_length=200)
    place = models.CharField(_("place"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    answers = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answers")
    )
    addressees = models.JSONField(_("addressed to"), default=list, blank=True)
    recipients_heading = models.CharField(_("heading of the recipients"), max_length=120, blank=True)
    recipients = models.JSONField(_("recipients"), default=list, blank=True)
    signature = models.JSONField(_("signature"), default=dict, blank=True)

    class Meta:
        verbose_name = _("form of issue")
        verbose_name_plural = _("forms of issue")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "unit"],
                condition=Q(replaced_at__isnull=True),
                name="issue_form_once",
                violation_error_message=_("This unit's report form exists already; correct it."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class ReportTemplate(Record):
    """A typed tree from which reports are drafted (see reports/template.py)."""

    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    tree = models.JSONField()

    class Meta:
        verbose_name = _("report template")
        verbose_name_plural = _("report templates")
        constraints = [
            models.UniqueConstraint(
                fields=["owner_unit", "key"],
                condition=Q(replaced_at__isnull=True),
                name="report_template_once",
                violation_error_message=_("This unit already has a template with this key; correct it."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """A report of a unit on a programme as of a day: a draft. Its text is that of the newest edition."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reports", verbose_name=_("programme"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    as_of = models.DateField(_("as of"))
    template_key = models.CharField(_("template"), max_length=60)
    answers = models.ForeignKey(
        OfficialDocument, models.PROTECT, null=True, related_name="+", verbose_name=_("answers")
    )
    drafted_at = models.DateTimeField()
    drafted_by = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-drafted_at"]

    def __str__(self) -> str:
        return f"{self.programme} {self.as_of:%d/%m/%Y}"


class ReportEdition(models.Model):
    """A draft's text as somebody saved it: the `vanban` model as JSON. Every edition is kept (DECREE30 A11)."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=200)

    append_only = True

    class Meta:
        verbose_name = _("edition of a draft")
        verbose_name_plural = _("editions of drafts")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="report_edition_once",
                violation_error_message=_("Somebody else has saved this draft since you opened it."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
