"""The pages of judgements, findings and remedies below the figures' own; `figures.urls` mounts them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
