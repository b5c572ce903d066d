from django.urls import path

from motcua.registry import views

app_name = "registry"
urlpatterns = [
    path("", views.documents, name="documents"),
    path("enter", views.enter_document, name="enter_document"),
    path("files/<str:sha256>", views.file, name="file"),
    path("<uuid:pk>", views.document, name="document"),
    path("<uuid:pk>/correct", views.correct_document, name="correct_document"),
]
