"""The sign-in page and the profile list posts: they stand in units/urls.py and are mounted beside these."""

from django.urls import path

from motcua.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-out", views.sign_out, name="sign_out"),
    path("password", views.change_own_password, name="change_own_password"),
]
