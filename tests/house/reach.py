"""One thing of each kind, all of one district, for the walk along every route (test_reach.py)."""

import datetime as dt
from typing import Any

from motcua.catalogue.actions import publish_requirements
from motcua.common import outbox
from motcua.equipment.models import Custody
from motcua.fieldwork.actions import record_visit
from motcua.fieldwork.models import Check
from motcua.followup.actions import enter_judgement, order_remedy, report_remedy_done
from motcua.followup.models import Finding
from motcua.funding.actions import record_step
from motcua.funding.models import Allocation
from motcua.registry.actions import enter_document
from motcua.reports.actions import draft_report, keep_template
from motcua.units.models import Post, UnitPeriod
from motcua.units.queries import by_code
from tests.cast import Cast
from tests.fieldwork.programme import DAY, KEY, Field, ask, small_field

PHOTO = ("anh.png", b"\x89PNG\r\n\x1a\n" + b"a photo")
PAPER = ("cong-van.pdf", b"%PDF-1.7 a paper")


def things_of_the_district(cast: Cast) -> dict[str, Any]:
    """Everything that has an address, at or below the district 063: what stands in it, by the kind of thing."""
    field, district, officer = small_field(cast), cast.units["063"], cast.district_officer
    said = {"present": "yes", "placement": "outside", "placement_note": "gần cầu thang", "use_mode": "shared"}
    visit = record_visit(
        actor=cast.inspector,
        programme=field.programme,
        unit=field.commune,
        values={"visited_on": DAY},
        checks=[(field.computer, said)],
    )
    paper = enter_document(
        actor=officer,
        values={"direction": "outgoing", "kind": "official letter", "issuer": "UBND huyện", "subject": "Rà soát máy",
                "number": "15/UBND", "issued_on": DAY, "owner_unit": district},
        upload=PAPER,
    )  # fmt: skip
    requirements = publish_requirements(
        actor=officer,
        values={"title": "Cấu hình tối thiểu", "device_type": "computer", "criteria": [], "owner_unit": district},
    )
    judgement = enter_judgement(
        actor=officer,
        programme=field.programme,
        unit=district,
        values={"kind": "strength", "concerns": "", "wording": "làm tốt", "gloss": ""},
    )
    step = record_step(
        actor=cast.clerk,
        programme=field.programme,
        unit=field.commune,
        values={"step": "accepted", "observed_on": DAY, "done": True},
    )
    ids = {**_followed_up(cast), **_reported(cast, field), **_units(cast)}
    ids |= {"visit": visit, "document": paper, "requirements": requirements, "judgement": judgement, "step": step}
    ids |= {"round": ask(cast, field), "check": Check.objects.get(visit=visit), "device": field.computer}
    allocation = Allocation.objects.get(to_unit=field.commune)
    ids |= {"custody": Custody.objects.get(device=field.computer), "allocation": allocation}
    keys = {kind: getattr(thing, "origin_id", thing.pk) for kind, thing in ids.items()}
    return {**keys, "key": KEY, "file": paper.file_id}


def _followed_up(cast: Cast) -> dict[str, Any]:
    outbox.drain()
    finding = Finding.objects.known().get(kind="placed_outside")
    values = {"wording": "chuyển máy vào", "responsible_unit": cast.units["01969"], "due_on": dt.date(2030, 1, 1)}
    remedy = order_remedy(finding, actor=cast.district_officer, values=values)
    done = {"done_on": DAY, "done_note": "đã chuyển"}
    return {"finding": finding, "remedy": report_remedy_done(remedy, actor=cast.clerk, values=done, upload=PHOTO)}


def _reported(cast: Cast, field: Field) -> dict[str, Any]:
    unit = by_code("063", DAY)
    assert unit
    officer, district = cast.district_officer, cast.units["063"]
    template = keep_template(actor=officer, owner=district, key="mau", name="Mẫu của huyện", content='{"body": []}')
    report = draft_report(actor=officer, programme=field.programme, unit=unit, as_of=DAY)
    return {"report": report, "template": template}


def _units(cast: Cast) -> dict[str, Any]:
    unit, person = cast.units["01969"], cast.people["clerk"]
    return {
        "unit": unit,
        "person": person,
        "post": Post.objects.get(person=person),
        "period": UnitPeriod.objects.get(unit=unit),
    }
