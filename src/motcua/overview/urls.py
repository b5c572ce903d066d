from django.urls import path

from motcua.overview import views, views_home

app_name = "overview"
urlpatterns = [
    path("", views_home.home, name="home"),
    path("search", views_home.search, name="search"),
    path("log", views.log, name="log"),
]
