"""What everybody reads of an election: rules, calendar, candidates, result, evidence."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.functional import cached_property
from django.views.generic import View

from committees.models import Term
from core import permissions
from core.generic import RecordView, RowsView, VisibleMixin
from elections.counting.core import canonical
from elections.models import Ballot, Election
from elections.queries.ballot_boxes import check_words_by_round
from elections.queries.claims import claims_until, count_waivers, open_claim_stage
from elections.queries.electors import entry_of
from elections.queries.evidence import evidence_zip, has_few_ballots
from elections.queries.results import may_hold_second_round
from elections.states import ElectionState
from elections.views.words import (
    Flow,
    claims_in_words,
    counts_by_stages,
    rules_in_words,
    secrecy_in_words,
    short,
    with_choices_in_words,
)
from organizations.standing import standing_of

#: More check words than these stand only among the data.
MOST_WORDS = 300


class ElectionPage(VisibleMixin):
    """A page about one election among those the reader may see."""

    model = Election
    context_object_name = "election"
    extra_context = {"section": "representation"}

    def get_queryset(self):
        return super().get_queryset().select_related("committee", "sector", "officer")

    def get_context_data(self, **kwargs):
        return super().get_context_data(election=self.object, now=self.now, **kwargs)

    def get_success_url(self):
        return self.object.get_absolute_url()


class ElectionList(RowsView):
    """All elections, the newest first."""

    model = Election
    template_name = "elections/election_list.html"
    extra_context = {"section": "representation"}

    def get_queryset(self):
        return super().get_queryset().newest_first()


class ElectionDetail(ElectionPage, RecordView):
    """The public page; the roll by name is for the community, and so is who voted for whom, after closing."""

    template_name = "elections/election_detail.html"

    def get_context_data(self, **kwargs):
        election, user = self.object, self.request.user
        standing = standing_of(user, self.now)
        candidates = self._candidates() if election.candidates_known else []
        self.seats = election.places.count()
        context = {
            "candidates": candidates, "rules": rules_in_words(election, self.seats),
            "events": list(election.events.all()), "nominates": election.accepts_nominations(self.now),
            "is_community": standing.is_community, "is_coordination": standing.is_coordination,
        }  # fmt: skip
        context["few"] = election.has_evidence and has_few_ballots(election)
        if standing.person_id:
            context["mine"] = election.nominations.filter(person=standing.person_id).first()
        speaks = bool(standing.speaks_for & standing.member_of)
        context["may_support"] = speaks and election.state in (ElectionState.CANDIDATES, ElectionState.VOTING)
        if standing.is_community:
            context |= self._claims(standing)
        asked = any(event.verb == "correction_asked" for event in context["events"])
        found = election.corrections.with_people().readable_by(standing) if asked else ()
        context["corrections"] = list(found)
        if scrutineers := list(election.scrutineers.select_related("organization", "person")):
            context["scrutineers"] = scrutineers
            context["is_scrutineer"] = any(row.person_id == standing.person_id for row in context["scrutineers"])
        if standing.is_community and election.roll_hash:
            corrected = {row.organization_id for row in context["corrections"] if row.is_confirmed}
            context["roll"] = list(election.roll.in_order())
            for entry in context["roll"]:
                entry.is_corrected = entry.organization_id in corrected
        context["may_run_off"] = may_hold_second_round(election)
        if election.result_known:
            context |= self._result(candidates, standing)
        if election.result_known or election.state == ElectionState.CLOSED:
            words = check_words_by_round(election)
            context["check_words"] = words if sum(map(len, words)) <= MOST_WORDS else []
        return super().get_context_data(**kwargs | context)

    def _candidates(self):
        """With who supports them and what they were asked; two more queries."""
        rows = self.object.nominations.on_ballot()
        return list(rows.prefetch_related("supports__organization", "questions__organization"))

    def _claims(self, standing):
        """What the organisations read of claims, and whether this reader's may make one or say that there are none."""
        election, stage = self.object, open_claim_stage(self.object, self.now)
        found = {"claims": list(election.claims.select_related("organization"))}
        if stage:
            entry = entry_of(election, self.request.user, self.now)
            until, without = claims_until(election, stage), count_waivers(election, stage)
            found |= {
                "claims_words": claims_in_words(election, stage, until, without),
                "may_claim": bool(standing.speaks_for & standing.member_of),
                "may_say_none": entry is not None and not entry.claim_waivers.filter(stage=stage).exists(),
            }
        return found

    def _result(self, candidates, standing):
        result, by_number = self.object.result, {row.number: row for row in candidates}
        votes = result.get("votes", {})
        for row in candidates:
            row.votes, row.is_elected = votes.get(str(row.number)), row.number in result["elected"]
            row.count = float(row.votes or 0)
            row.votes = row.votes and short(row.votes)
            row.against = (result.get("stages") or [{}])[0].get("against", {}).get(str(row.number))
        rank = {number: place for place, number in enumerate(result["elected"])}
        table = sorted(candidates, key=lambda row: (rank.get(row.number, 999), -row.count, row.number))
        draw = getattr(self.object, "draw", None) if result["lots"] else None
        unfilled = max(self.seats - len(result["elected"]), 0) if not result["tied"] else 0
        free = result.get("unconstrained")
        found = {
            "flow": Flow(result, candidates) if counts_by_stages(result) else None,
            "against": result["stages"][0].get("against") if result.get("stages") else None,
            "free": [by_number[n].name for n in free] if free is not None and free != result["elected"] else None,
            "lots": [[by_number[n].name for n in order] for s in result.get("stages", ()) for order in s["lots"]],
        }  # fmt: skip
        if second := result.get("second"):
            found["second"] = [
                (by_number[int(n)].name, v) for n, v in second["votes"].items() if int(n) in self.object.runoff
            ]
        found |= {"table": table, "result": result, "draw": draw, "unfilled": unfilled}
        if draw:
            found["drawn"] = [by_number[number].name for number in draw.order]
        if standing.is_community and not (self.object.by_acclamation or self.object.by_consensus):
            if self.object.has_ballot_box:
                found["took_part"] = list(self.object.roll.exclude(participation=None).in_order())
                return found
            ballots = list(Ballot.objects.filter(entry__election=self.object).in_order().prefetch_related("marks"))
            found["ballots"] = with_choices_in_words(self.object, ballots, candidates)
        return found


class ElectionNotice(ElectionPage, RecordView):
    """The notice of designation, to print or copy: who was elected to what, from when until when, by how many votes."""

    template_name = "elections/election_notice.html"

    def get_context_data(self, **kwargs):
        election = self.object
        if election.state != ElectionState.CERTIFIED:
            raise Http404
        terms = list(Term.objects.filter(chosen_in=election.code).with_people())
        votes = {} if counts_by_stages(election.result) else election.result.get("votes", {})
        counted = {row.person_id: votes.get(str(row.number)) for row in election.nominations.candidates()}
        for term in terms:
            term.votes = counted.get(term.person_id)
        certified = election.events.filter(verb="certified").first()
        return super().get_context_data(
            terms=terms, certified=certified, result=election.result,
            address=settings.CASA_ORIGIN + election.get_absolute_url(), **kwargs,
        )  # fmt: skip


class ElectionCertificate(ElectionDetail):
    """The result on one page to print: how it ended, who is elected, what was counted, and the seals to compare."""

    template_name = "elections/election_certificate.html"

    def get_context_data(self, **kwargs):
        election = self.object
        if election.state != ElectionState.CERTIFIED:
            raise Http404
        terms = list(Term.objects.filter(chosen_in=election.code).with_people())
        events = {event.verb: event for event in election.events.all()}
        return super().get_context_data(
            terms=terms, certified=events.get("certified"), closed=events.get("closed"), secrecy=secrecy_in_words(election)[: 3 if election.is_secret else 1],
            address=settings.CASA_ORIGIN + election.get_absolute_url(), **kwargs,
        )  # fmt: skip


class ElectionResult(ElectionPage, View):
    """Rules and result as canonical JSON, to count again."""

    def get(self, request, *args, **kwargs):
        if not self.object.result_known:
            raise Http404
        value = {"rules": self.object.rules, "result": self.object.result}
        if words := check_words_by_round(self.object):
            value["checks"] = words
        return HttpResponse(canonical(value) + "\n", content_type="application/json")


class ElectionEvidence(ElectionPage, View):
    """The evidence as one ZIP: names and ballots of an open vote for the member organisations, without them for others."""

    def get(self, request, *args, **kwargs):
        election = self.object
        standing = standing_of(request.user, self.now)
        if not election.has_evidence and not (election.has_provisional_evidence and self._watches):
            raise Http404
        full = self._is_full(standing)
        answer = HttpResponse(evidence_zip(election, full), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="{election.code}.zip"'
        answer["Cache-Control"] = "private, no-store"
        return answer

    def _is_full(self, standing):
        """Open votes for the member organisations; few secret ones only for who watches over the election."""
        election = self.object
        if not election.is_secret or not has_few_ballots(election):
            return standing.is_community
        return self._watches

    @cached_property
    def _watches(self):
        """Whether this is the officer or a scrutineer; they count it again also before it is certified."""
        return permissions.has_perm(self.request.user, "elections.count_early", self.object)
