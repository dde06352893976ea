"""What everybody reads of an election: rules, calendar, candidates, result, evidence."""

from django.http import Http404, HttpResponse
from django.utils.functional import cached_property
from django.views.generic import View

from core import permissions
from core.generic import RecordView, RowsView, VisibleMixin
from elections.counting.core import canonical
from elections.models import Election
from elections.queries.ballot_boxes import check_words_by_round
from elections.queries.evidence import evidence_zip, has_few_ballots
from elections.queries.pages import certificate, detail
from elections.states import ElectionState
from organizations.standing import standing_of


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
        page = detail.election_page(self.object, self.request.user, self.now)
        return super().get_context_data(page=page, **kwargs)


class CertifiedMixin(ElectionPage):
    """A page that exists once the result is certified."""

    def load_object(self):
        super().load_object()
        if self.object.state != ElectionState.CERTIFIED:
            raise Http404


class ElectionNotice(CertifiedMixin, RecordView):
    """The notice of designation, to print or copy: who was elected to what, from when until when, by how many votes."""

    template_name = "elections/election_notice.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(page=certificate.notice_page(self.object), **kwargs)


class ElectionCertificate(CertifiedMixin, RecordView):
    """The result on one page to print: how it ended, who is elected, what was counted, and the seals to compare."""

    template_name = "elections/election_certificate.html"

    def get_context_data(self, **kwargs):
        page = certificate.certificate_page(self.object, self.request.user, self.now)
        return super().get_context_data(page=page, **kwargs)


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
