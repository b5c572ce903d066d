"""Template tags: placeholders filled by the pages' own needs."""

from django import template

register = template.Library()
