"""The pages of judgements below the figures' own; `figures.urls` mounts them."""

from django.urls import URLPattern, path

from motcua.figures import views_judgements

urlpatterns: list[URLPattern] = [
    path("judgements/<uuid:pk>/correct", views_judgements.correct_judgement, name="correct_judgement"),
    path("judgements/<uuid:pk>/withdraw", views_judgements.withdraw_judgement, name="withdraw_judgement"),
    path("<str:key>/judgements/", views_judgements.judgements, name="judgements"),
    path("<str:key>/judgements/enter", views_judgements.enter_judgement, name="enter_judgement"),
]
