"""Official documents that facts refer to, and stored files by the hash of their content."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.common.models import Record
from motcua.registry.enums import Direction, DocumentKind
from motcua.units.models import Unit


class StoredFile(models.Model):
    """A file kept by its content's SHA-256; the same content is kept once."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    stored_at = models.DateTimeField(_("stored at"))

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")

    def __str__(self) -> str:
        return self.name


class OfficialDocument(Record):
    """A numbered, dated document. Number and date are empty where the source does not give them."""

    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit that keeps it"))
    key = models.CharField(_("short key"), max_length=60, blank=True)
    number = models.CharField(_("number and symbol"), max_length=60, blank=True)
    issued_on = models.DateField(_("date"), null=True, blank=True)
    issuer = models.CharField(_("issuer"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices)
    subject = models.CharField(_("subject"), max_length=500)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices)
    due_on = models.DateField(_("to be answered by"), null=True, blank=True)
    asks_for = models.CharField(_("asks for"), max_length=500, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )

    class Meta:
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")
        constraints = [
            models.CheckConstraint(
                name="document_due_after_issue",
                condition=Q(due_on__isnull=True) | Q(issued_on__isnull=True) | Q(due_on__gte=models.F("issued_on")),
                violation_error_message=_("A document cannot be due before its own date."),
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.subject


class Addressee(Record):
    """A unit to which a document is addressed: from then on it reaches the document."""

    document = models.ForeignKey(
        OfficialDocument, models.PROTECT, related_name="addressees", verbose_name=_("official document")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))

    audited_unit_id = None
    """In the audit log an addressee belongs to who sends, not to who receives."""

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "unit"],
                condition=Q(replaced_at__isnull=True, withdrawn=False),
                name="addressee_once",
                violation_error_message=_("The document is already addressed to this unit."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit)


def new_document_id(owner: uuid.UUID, key: str) -> uuid.UUID:
    """The identity of a document that a folder calls by a key."""
    return uuid.uuid5(owner, f"document/{key}")
