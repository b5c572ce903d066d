from django.urls import path

from motcua.units import views

app_name = "units"
urlpatterns = [
    path("no-post", views.no_post, name="no_post"),
    path("choose-post", views.choose_post, name="choose_post"),
]

# Mounted among the accounts' pages (`accounts:sign_in`): they list posts, which accounts knows nothing of.
accounts_patterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("profile", views.profile, name="profile"),
]
