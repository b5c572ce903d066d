"""A programme of the small district, with money of the province that it may give on."""

import datetime as dt

from motcua.funding.actions import allocate, record_own_money, start_programme
from motcua.funding.ledger import available
from motcua.funding.models import LedgerEntry, Programme
from motcua.registry.actions import enter_document
from motcua.registry.models import OfficialDocument

DECIDED = dt.date(2023, 5, 8)
TOTAL = 57_600_000


def decision(cast, issued_on=DECIDED, number="773/QĐ-UBND") -> OfficialDocument:
    values = {
        "owner_unit": cast.units["06"],
        "number": number,
        "issued_on": issued_on,
        "issuer": "UBND tỉnh Bắc Kạn",
        "kind": "decision",
        "subject": "Phân bổ kinh phí",
        "direction": "incoming",
    }
    return enter_document(actor=cast.province_officer, values=values, addressed_to=[cast.units["063"]])


def started(cast, key="may-tinh-2023", types=("computer",)) -> Programme:
    terms = {"name": "Trang bị máy tính, máy scan", "year": 2023, "device_type_keys": list(types)}
    return start_programme(actor=cast.district_officer, key=key, owner=cast.units["063"], values=terms)


def funded(cast, key="may-tinh-2023", amount_vnd=TOTAL, paper=None, types=("computer",)) -> Programme:
    """The province has given the district its money."""
    programme, province = started(cast, key, types), cast.units["06"]
    record_own_money(
        actor=cast.province_officer, programme=programme, unit=province, amount_vnd=amount_vnd, reason="Dự toán"
    )
    give(cast, programme, "06", {"063": amount_vnd}, by=cast.province_officer, decision=paper)
    return programme


def give(cast, programme, giver, shares, *, by=None, **values):
    units = cast.units
    return allocate(
        actor=by or cast.district_officer,
        programme=programme,
        giver=units[giver],
        shares=[(units[code], amount) for code, amount in shares.items()],
        values=values,
    )


def balances(cast, programme) -> dict[str, int]:
    """What each unit of the two levels has left, by code."""
    found = {code: available(programme.pk, unit.pk) for code, unit in cast.units.items()}
    return {code: amount for code, amount in found.items() if amount}


def ledger_sums(programme) -> dict:
    """What the ledger says, unit by unit, added by hand."""
    sums = {}
    for unit_id, amount in LedgerEntry.objects.filter(programme=programme).values_list("unit_id", "amount_vnd"):
        sums[unit_id] = sums.get(unit_id, 0) + amount
    return sums
