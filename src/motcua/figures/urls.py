from django.urls import URLPattern, path

from motcua.figures import views, views_figure
from motcua.figures.urls_judgements import urlpatterns as judgements

app_name = "figures"
urlpatterns: list[URLPattern] = [
    *judgements,
    path("", views_figure.figures, name="figures"),
    path("<str:key>/", views.programme, name="programme"),
    path("<str:key>/<slug:name>/", views_figure.figure, name="figure"),
]
