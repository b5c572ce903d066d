"""Kinds of money movement and the steps of a purchase."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """Typed changes of a unit's money in a programme."""

    OWN = "own", _("money of its own")
    RECEIVED = "received", _("received")
    GIVEN_ON = "given_on", _("given on")
    OWN_UNDONE = "own_undone", _("money of its own, undone")
    RECEIVED_UNDONE = "received_undone", _("received, undone")
    GIVEN_ON_UNDONE = "given_on_undone", _("given on, undone")


class Step(models.TextChoices):
    """The steps of a purchase, in their usual order (DOMAIN E5)."""

    CONTRACTED = "contracted", _("contracted")
    RECEIVED = "received", _("delivered")
    ACCEPTED = "accepted", _("accepted")
    PAID = "paid", _("paid")
    SETTLED = "settled", _("settled")
