from django.urls import path

from motcua.units import views, views_changes, views_import, views_people, views_tree

app_name = "units"
urlpatterns = [
    path("", views_tree.units, name="units"),
    path("no-post", views.no_post, name="no_post"),
    path("choose-post", views.choose_post, name="choose_post"),
    path("import", views_import.import_units, name="import_units"),
    path("people", views_people.people, name="people"),
    path("people/add", views_people.add_person, name="add_person"),
    path("people/<uuid:pk>", views_people.person, name="person"),
    path("people/<uuid:pk>/correct", views_people.correct_person, name="correct_person"),
    path("people/<uuid:pk>/password", views_people.give_password, name="give_password"),
    path("people/<uuid:pk>/deactivate", views_people.deactivate_person, name="deactivate_person"),
    path("people/<uuid:pk>/reactivate", views_people.reactivate_person, name="reactivate_person"),
    path("posts/give", views_people.give_post, name="give_post"),
    path("posts/<uuid:pk>/end", views_people.end_post, name="end_post"),
    path("periods/<uuid:pk>/correct", views_changes.correct_unit, name="correct_unit"),
    path("<uuid:pk>", views_tree.unit, name="unit"),
    path("<uuid:pk>/add", views_changes.add_unit, name="add_unit"),
    path("<uuid:pk>/change", views_changes.record_unit_change, name="record_unit_change"),
]

# Mounted among the accounts' pages (`accounts:sign_in`): they list posts, which accounts knows nothing of.
accounts_patterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("profile", views.profile, name="profile"),
]
