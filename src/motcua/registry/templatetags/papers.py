"""A link to a document from another record: only for those who reach the document too."""

import uuid

from django import template
from django.template.context import Context
from django.urls import reverse

from motcua.registry.access import documents_for

register = template.Library()


@register.simple_tag(takes_context=True)
def paper_url(context: Context, document_id: uuid.UUID) -> str:
    """The document's address; empty where this person may not open it (a round from above cites papers kept above)."""
    request = context["request"]
    asked: dict[uuid.UUID, str] = request.__dict__.setdefault("papers_asked", {})  # a page cites few papers, often
    if document_id not in asked:
        reached = documents_for(request.actor).filter(origin_id=document_id).exists()
        asked[document_id] = reverse("registry:document", args=[document_id]) if reached else ""
    return asked[document_id]
