from django.urls import path

from motcua.reports import views, views_editing, views_settings

app_name = "reports"

urlpatterns = [
    path("", views.reports, name="reports"),
    path("draft/<str:key>/", views.draft, name="draft"),
    path("templates/", views_settings.templates, name="templates"),
    path("templates/keep/", views_settings.keep_template, name="keep_template"),
    path("templates/<str:key>/", views_settings.template_file, name="template"),
    path("form/<str:key>/<uuid:unit_id>/", views_settings.issue_form, name="issue_form"),
    path("<uuid:pk>/", views.report, name="report"),
    path("<uuid:pk>/edit/", views_editing.edit_report, name="edit_report"),
    path("<uuid:pk>/preview/", views_editing.preview_report, name="preview_report"),
    path("<uuid:pk>/editions/", views.editions, name="editions"),
    path("<uuid:pk>/<str:kind>/", views.download, name="download"),
]
