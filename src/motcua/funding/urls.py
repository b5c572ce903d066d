from django.urls import path

from motcua.funding.views import allocate, allocations, programmes, purchases

app_name = "funding"
urlpatterns = [
    path("", programmes.programmes, name="programmes"),
    path("new/programme", programmes.start_programme, name="start_programme"),
    path("allocation/<uuid:pk>/", allocations.allocation, name="allocation"),
    path("allocation/<uuid:pk>/correct", allocations.correct_allocation, name="correct_allocation"),
    path("allocation/<uuid:pk>/withdraw", allocations.withdraw_allocation, name="withdraw_allocation"),
    path("step/<uuid:pk>/correct", purchases.correct_step, name="correct_step"),
    path("step/<uuid:pk>/withdraw", purchases.withdraw_step, name="withdraw_step"),
    path("<str:key>/correct", programmes.correct_programme, name="correct_programme"),
    path("<str:key>/allocations", allocations.allocations, name="allocations"),
    path("<str:key>/allocate", allocate.allocate, name="allocate"),
    path("<str:key>/own-money/<uuid:unit_id>", allocations.record_own_money, name="record_own_money"),
    path("<str:key>/ledger/<uuid:unit_id>", allocations.ledger, name="ledger"),
    path("<str:key>/purchase/<uuid:unit_id>", purchases.purchase, name="purchase"),
    path("<str:key>/purchase/<uuid:unit_id>/record", purchases.record_step, name="record_step"),
]
