from django.urls import path

from motcua.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("requirements/", views.requirement_sets, name="requirement_sets"),
    path("requirements/publish", views.publish_requirements, name="publish_requirements"),
    path("requirements/<uuid:pk>/", views.requirement_set, name="requirement_set"),
    path("requirements/<uuid:pk>/correct", views.correct_requirements, name="correct_requirements"),
    path("device-types", views.device_types, name="device_types"),
]
