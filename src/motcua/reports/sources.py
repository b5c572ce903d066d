"""What a draft takes its words from besides the figures: the form of issue, papers, purposes, judgements."""

import functools
from dataclasses import dataclass

from django.db.models import QuerySet

from motcua.catalogue.models import RequirementSet
from motcua.figures.queries import Facts
from motcua.figures.sides import read_side
from motcua.followup.models import Judgement
from motcua.funding.models import Allocation, ProgrammeTerms
from motcua.registry.models import OfficialDocument
from motcua.registry.queries import documents
from motcua.reports.models import IssueForm
from motcua.units.models import holds_on

VERBS = ("mua", "trang bị", "đầu tư", "lắp", "sửa", "thuê")


@dataclass(frozen=True)
class Sources:
    """The words behind one draft, as known at the moment of its facts."""

    facts: Facts
    answers: OfficialDocument | None = None

    @functools.cached_property
    def form(self) -> IssueForm:
        """The unit's form of issue, or one that follows from what the unit is."""
        rows = IssueForm.objects.known(self.facts.known_at).filter(programme=self.facts.programme)
        found = rows.filter(unit_id=self.facts.unit.id).first()
        return found or self._plain_form()

    def _plain_form(self) -> IssueForm:
        unit = self.facts.unit
        return IssueForm(
            subject=self.programme_name,
            symbol="BC-UBND",
            issuer_name=unit.committee,
            place=unit.name,
            recipients=[{"name": "Lưu VT", "copy": "archive"}],
        )

    @functools.cached_property
    def programme_name(self) -> str:
        terms = ProgrammeTerms.objects.known(self.facts.known_at).filter(programme=self.facts.programme).first()
        return terms.name if terms else self.facts.programme.key

    @functools.cached_property
    def _received(self) -> list[Allocation]:
        return list(self._allocations().filter(to_unit_id=self.facts.unit.id).order_by("effective_on", "pk"))

    def _allocations(self) -> QuerySet[Allocation]:
        facts = self.facts
        return Allocation.objects.as_of(facts.as_of, facts.known_at).filter(programme=facts.programme)

    @functools.cached_property
    def directive(self) -> OfficialDocument | None:
        """The document that the report answers."""
        answers = self.answers.origin_id if self.answers else self.form.answers_id
        return documents([answers], self.facts.known_at).get(answers) if answers else None

    @functools.cached_property
    def decisions(self) -> list[OfficialDocument]:
        """The decisions that gave the unit its money, the earliest first."""
        ids = list(dict.fromkeys(row.decision_id for row in self._received if row.decision_id))
        found = documents(ids, self.facts.known_at)
        return [found[identity] for identity in ids if identity in found]

    @functools.cached_property
    def requirements(self) -> list[OfficialDocument]:
        """Where the requirements in force were published."""
        owners = {self.facts.unit.id, self.facts.programme.owner_unit_id}
        rows = RequirementSet.objects.known(self.facts.known_at).filter(owner_unit_id__in=owners)
        rows = rows.filter(holds_on(self.facts.as_of, "valid_from", "ended_on"), document__isnull=False)
        found = documents(rows.order_by("pk").values_list("document_id", flat=True), self.facts.known_at)
        return list(found.values())

    @property
    def received_for(self) -> str:
        """What the unit's money was given for, in brackets."""
        return self._in_brackets({row.purpose for row in self._received})

    @functools.cached_property
    def purpose(self) -> str:
        """What the communes' money was given for: " để mua sắm …", where it was one purpose for all."""
        ids = [unit.id for unit in self.facts.receivers]
        rows = self._allocations().filter(to_unit_id__in=ids)
        purposes = set(rows.exclude(to_unit_id=self.facts.unit.id).values_list("purpose", flat=True))
        only = next(iter(purposes)) if len(purposes) == 1 else ""
        return f" để {only}" if only.lower().startswith(VERBS) else self._in_brackets(purposes)

    @staticmethod
    def _in_brackets(purposes: set[str]) -> str:
        only = next(iter(purposes)) if len(purposes) == 1 else ""
        return f" ({only})" if only else ""

    def judgements(self, kind: str) -> list[Judgement]:
        """The judgements of a kind that are to be printed: with words, and about a side on which somebody stands."""
        rows = Judgement.objects.known(self.facts.known_at).filter(programme=self.facts.programme, kind=kind)
        rows = rows.filter(unit_id=self.facts.unit.id).order_by("position", "pk")
        return [row for row in rows if row.wording.strip(" .;,") and self._stands(row.concerns)]

    def _stands(self, concerns: str) -> bool:
        side = read_side(concerns)
        return side is None or bool(self.facts.evaluate(side[0]).side(side[1]))
