"""Signing in and out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.common.access import public


@public
def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose token is no longer good: nothing was saved, and how to go on."""
    message = _("This form is out of date, nothing was saved. Go back, reload the page and send it again.")
    return render(request, "403.html", {"exception": message}, status=403)
