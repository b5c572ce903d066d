"""A device: what it is, who holds it, how it stands as of a day, and every check about it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from motcua.common.access import in_reach, signed_in
from motcua.common.forms_times import asked_times
from motcua.common.request import ActorRequest
from motcua.equipment.access import devices_for, may_describe_device
from motcua.equipment.queries import custody_history, description_of
from motcua.fieldwork import access
from motcua.fieldwork.queries import holder_of
from motcua.fieldwork.telling import tell_device
from motcua.fieldwork.views.rounds import name_of
from motcua.units.access import units_for
from motcua.units.queries import units_at


@signed_in
def device(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The page of a device: its state as of a day, with the check behind each answer."""
    times = asked_times(request)
    row = in_reach(devices_for(request.actor).select_related("device_type", "programme"), pk=pk)
    holder_id = holder_of(row, times.as_of, times.known_at)
    told = tell_device(row, holder_id, access.check_versions_for(request.actor), times.as_of, times.known_at)
    custodies = custody_history(row)
    units = units_at({custody.unit_id for custody in custodies} | {row.first_unit_id}, times.as_of)
    reached = set(units_for(request.actor).filter(pk__in=units).values_list("pk", flat=True))
    names = {
        "device": row,
        "times": times,
        "told": told,
        "description": description_of(row, times.known_at),
        "custodies": [(custody, units.get(custody.unit_id), custody.unit_id in reached) for custody in custodies],
        "holder": units.get(holder_id) if holder_id else None,
        "programme": row.programme,
        "programme_name": name_of(row.programme),
        "may_record": holder_id is not None and access.may_record_visit(request.actor, holder_id),
        "may_describe": may_describe_device(request.actor, row),
        "may_declare": holder_id is not None and access.may_declare(request.actor, holder_id),
    }
    return render(request, "fieldwork/device.html", names)
