from django.urls import path

from motcua.followup import views

app_name = "followup"
urlpatterns = [
    path("findings/<uuid:pk>/", views.finding, name="finding"),
    path("findings/<uuid:pk>/order-remedy", views.order_remedy, name="order_remedy"),
    path("remedies/<uuid:pk>/correct", views.correct_remedy, name="correct_remedy"),
    path("remedies/<uuid:pk>/done", views.report_remedy_done, name="report_remedy_done"),
    path("remedies/<uuid:pk>/confirm", views.confirm_remedy, name="confirm_remedy"),
    path("remedies/<uuid:pk>/reopen", views.reopen_remedy, name="reopen_remedy"),
    path("remedies/<uuid:pk>/evidence", views.remedy_evidence, name="remedy_evidence"),
    path("<str:key>/findings/", views.findings, name="findings"),
]
