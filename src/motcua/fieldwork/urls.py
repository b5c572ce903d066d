from django.urls import path

from motcua.fieldwork.views import checks, devices, rounds, visits

app_name = "fieldwork"
urlpatterns = [
    path("rounds/<uuid:pk>/", rounds.round, name="round"),
    path("rounds/<uuid:pk>/correct", rounds.correct_round, name="correct_round"),
    path("visits/<uuid:pk>/", visits.visit, name="visit"),
    path("visits/<uuid:pk>/correct", visits.correct_visit, name="correct_visit"),
    path("devices/<uuid:pk>/", devices.device, name="device"),
    path("devices/<uuid:pk>/check", checks.record_check, name="record_check"),
    path("devices/<uuid:pk>/declare", checks.declare, name="declare"),
    path("checks/<uuid:pk>/", checks.check, name="check"),
    path("checks/<uuid:pk>/correct", checks.correct_check, name="correct_check"),
    path("checks/<uuid:pk>/withdraw", checks.withdraw_check, name="withdraw_check"),
    path("<str:key>/rounds/", rounds.rounds, name="rounds"),
    path("<str:key>/rounds/open", rounds.open_round, name="open_round"),
    path("<str:key>/visits/", visits.visits, name="visits"),
    path("<str:key>/visits/record", visits.record_visit, name="record_visit"),
]
