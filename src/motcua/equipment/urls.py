from django.urls import path

from motcua.equipment import views

app_name = "equipment"
urlpatterns = [
    path("", views.devices, name="devices"),
    path("enter", views.enter_device, name="enter_device"),
    path("<uuid:pk>/describe", views.describe_device, name="describe_device"),
    path("<uuid:pk>/withdraw", views.withdraw_device, name="withdraw_device"),
    path("custody/<uuid:pk>/correct", views.correct_custody, name="correct_custody"),
]
