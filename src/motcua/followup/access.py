"""Which findings, judgements and remedies an actor reaches."""

import uuid

from django.db.models import Q, QuerySet

from motcua.common.actor import Actor
from motcua.common.models import RecordQuerySet
from motcua.followup.models import Finding, Judgement, Remedy
from motcua.registry.models import StoredFile
from motcua.units.access import may_write, units_for
from motcua.units.enums import Role


def findings_for(actor: Actor) -> RecordQuerySet[Finding]:
    """Findings at units in reach, and those for which a unit in reach must do something."""
    return finding_versions_for(actor).known()


def finding_versions_for(actor: Actor) -> RecordQuerySet[Finding]:
    """The same with what has been corrected or withdrawn."""
    rows = Finding.objects.all()
    if actor.is_operator:
        return rows
    reached = units_for(actor)
    responsible = Remedy.objects.known().filter(responsible_unit__in=reached).values("finding_id")
    return rows.filter(Q(unit__in=reached) | Q(origin_id__in=responsible))


def remedies_for(actor: Actor) -> RecordQuerySet[Remedy]:
    """Remedies of findings in reach."""
    rows = Remedy.objects.known()
    if actor.is_operator:
        return rows
    reached = units_for(actor)
    return rows.filter(Q(responsible_unit__in=reached) | Q(finding__unit__in=reached))


def evidence_for(actor: Actor) -> QuerySet[StoredFile]:
    """Files that show that a remedy in reach was done."""
    return StoredFile.objects.filter(pk__in=remedies_for(actor).values("evidence_id"))


def judgements_for(actor: Actor) -> RecordQuerySet[Judgement]:
    """What was judged in the name of units in reach."""
    rows = Judgement.objects.known()
    return rows if actor.is_operator else rows.filter(unit__in=units_for(actor))


def may_judge(actor: Actor, unit_id: uuid.UUID) -> bool:
    """What a unit judges, its programme officer or leader writes."""
    return may_write(actor, unit_id, Role.PROGRAMME_OFFICER, Role.LEADER)


def may_order_remedy(actor: Actor, finding: Finding) -> bool:
    """An officer, inspector or leader of the unit of the finding, or of one above."""
    return may_write(actor, finding.unit_id, Role.PROGRAMME_OFFICER, Role.INSPECTOR, Role.LEADER)


def may_change_remedy(actor: Actor, remedy: Remedy) -> bool:
    """Before it is confirmed, by whoever may order one for the finding."""
    return remedy.seen_on is None and may_order_remedy(actor, remedy.finding)


def may_report_remedy_done(actor: Actor, remedy: Remedy) -> bool:
    """The unit that must do it says so."""
    roles = (Role.CLERK, Role.PROGRAMME_OFFICER, Role.INSPECTOR)
    return remedy.done_on is None and may_write(actor, remedy.responsible_unit_id, *roles)


def did_it(actor: Actor, remedy: Remedy) -> bool:
    """Whether the actor is who reported the remedy done."""
    if remedy.done_person is None and actor.person_id is None:
        return remedy.done_by == actor.name
    return remedy.done_person == actor.person_id


def may_confirm_remedy(actor: Actor, remedy: Remedy) -> bool:
    """Somebody else than the one who did it, who may order remedies there."""
    is_waiting = remedy.done_on is not None and remedy.seen_on is None
    return is_waiting and not did_it(actor, remedy) and may_order_remedy(actor, remedy.finding)
