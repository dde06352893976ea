"""Threats and opportunities: attribution, endorsements, merging by consent, what the public reads."""

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import Incomplete, NotNow, PermissionDenied
from core.models import JournalEntry
from core.records.models import Link
from priorities.models import ThreatOpportunity
from priorities.services.cycles import consolidate_cycle, publish_cycle
from priorities.services.merging import answer_merge, merge_threat
from priorities.services.threats import ThreatDetails, decide_threat, edit_threat, endorse, file_threat, unendorse
from tests.priorities.world import DAY, NOW, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield World()


def page(name, *args):
    return reverse(f"priorities:{name}", args=args)


def sent(**changes):
    data = {
        "kind": "threat",
        "title": "Demo: bloqueo de sitios sin juicio",
        "why": "",
        "theme": "",
        "scope": "regional",
        "country": "",
        "impact": "3",
        "urgency": "2",
        "language": "es",
        "whose": "ours",
    }
    return data | changes


def file(world, organization=None, **changes):
    values = {
        "kind": "threat",
        "title": "Demo",
        "why": "",
        "theme": None,
        "scope": "regional",
        "country": "",
        "impact": 2,
        "urgency": 2,
        "language": "es",
    }
    details = ThreatDetails(**values | changes)
    return file_threat(world.cycle, organization=organization, details=details, actor=world.delegate, now=NOW)


def snapshot():
    """Every row of every table, sessions, the journal, the outbox and the search's records among them."""
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in apps.get_models()}


def test_nothing_in_any_table_or_log_tells_who_filed_one_without_attribution(world, signed_in, caplog):
    people = {"ours": signed_in(world.delegate), "theirs": signed_in(world.peer)}
    traces = {}
    caplog.set_level("INFO")
    for name, client in people.items():
        before = snapshot()
        assert client.post(page("threat_file"), sent(whose="-")).status_code == 302
        after = snapshot()
        changed = {label: [row for row in after[label] if row not in before[label]] for label in after}
        traces[name] = {label: rows for label, rows in changed.items() if rows}
    for trace in (world.delegate.email, world.peer.email, world.delegate.person.name, "OURS", "THEIRS"):
        assert trace not in caplog.text
    for rows in traces.values():
        assert set(rows) == {"core.Record", "core.RecordCounter", "priorities.ThreatOpportunity"}
        (row,) = rows["priorities.ThreatOpportunity"]
        assert row["organization_id"] is None
    first, second = (
        {
            label: [
                {k: v for k, v in row.items() if k not in ("id", "code", "number", "last", "words")} for row in rows
            ]
            for label, rows in trace.items()
        }
        for trace in traces.values()
    )
    assert first == second, "two people leave the same rows"
    assert not JournalEntry.objects.filter(code__contains="-THR-").exists()


def test_nobody_can_correct_or_withdraw_what_is_not_attributed(world, signed_in):
    row = file(world)
    for person in (world.delegate, world.team, world.administrator):
        assert signed_in(person).post(page("threat_edit", row.code), sent()).status_code in (403, 404)
        assert signed_in(person).post(page("threat_withdraw", row.code)).status_code in (403, 404)


def test_an_attributed_one_is_corrected_withdrawn_and_endorsed(world, signed_in):
    row, ours, others = file(world, world.ours), signed_in(world.editor), signed_in(world.peer)
    assert [one.organization for one in row.endorsements.all()] == [world.ours]
    fixed = sent(title="Demo: otra", version="1")
    assert ours.post(page("threat_edit", row.code), fixed).status_code == 302
    late = ours.post(page("threat_edit", row.code), fixed | {"title": "Demo: la tercera", "impact": "1"})
    assert late.status_code == 422, "somebody wrote meanwhile"
    assert late.context["differences"] == [("En una línea", "Demo: otra"), ("Impacto", "alto")]
    assert "Demo: otra" in late.content.decode() and "Demo: la tercera" in late.content.decode(), "both texts"
    seen = fixed | {"title": "Demo: la tercera", "version": late.context["form"]["version"].value()}
    assert ours.post(page("threat_edit", row.code), seen).status_code == 302, "what was seen is answered"
    for _twice in range(2):
        others.post(page("threat_endorse", row.code), {"organization": "theirs"})
    assert row.endorsements.count() == 2
    others.post(page("threat_endorse", row.code), {"organization": "ours", "verb": "leave"})
    assert row.endorsements.count() == 2, "nobody speaks for another"
    others.post(page("threat_endorse", row.code), {"organization": "theirs", "verb": "leave"})
    assert row.endorsements.count() == 1
    with pytest.raises(NotNow):
        unendorse(row, organization=world.ours, actor=world.delegate, now=NOW)
    assert ours.post(page("threat_withdraw", row.code)).status_code == 302
    assert others.get(row.get_absolute_url()).status_code == 404
    assert ours.get(row.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 1000}, "title"),
        ({"kind": "rumour"}, "kind"),
        ({"scope": "national"}, "country"),
        ({"country": "UY"}, "country"),
        ({"impact": "9"}, "impact"),
        ({"urgency": "soon"}, "urgency"),
        ({"whose": "theirs"}, "whose"),
        ({"theme": "none"}, "theme"),
        ({"why": "y" * 3000}, "why"),
        ({"language": "xx"}, "language"),
    ],
)
def test_bad_input_is_told_beside_its_field(world, signed_in, changes, field):
    answer = signed_in(world.delegate).post(page("threat_file"), sent(**changes))
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert not ThreatOpportunity.objects.exists()


def test_after_the_closing_and_by_a_mere_member_nothing_is_filed(world, signed_in):
    assert signed_in(world.member).get(page("threat_file")).status_code == 403
    consolidate_cycle(world.cycle, actor=world.team, now=NOW)
    for whose in ("ours", "-"):
        assert signed_in(world.delegate).post(page("threat_file"), sent(whose=whose)).status_code == 422
    assert not ThreatOpportunity.objects.exists()


@pytest.mark.parametrize(
    ("attributed", "message"),
    [(True, "Le pedimos su conformidad a la organización que la presentó."), (False, "Quedó unida a la otra.")],
)
def test_merging_says_whether_it_was_done_or_its_organisation_was_asked(world, signed_in, attributed, message):
    threat, target = file(world, world.ours if attributed else None), file(world, world.other)
    answer = signed_in(world.team).post(page("threat_merge", threat.code), {"into": target.code}, follow=True)
    assert [str(shown) for shown in answer.context["messages"]] == [message]
    threat.refresh_from_db()
    assert threat.state == ("filed" if attributed else "merged")


def test_merging_asks_its_organisation_and_counts_each_once(world):
    row, target = file(world, world.ours), file(world, world.other)
    endorse(target, organization=world.ours, actor=world.delegate, now=NOW)
    merge_threat(row, target=target, actor=world.team, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.merge_wanted_id) == ("filed", target.pk)
    with pytest.raises(PermissionDenied):
        answer_merge(row, accept=True, actor=world.peer, now=NOW)
    with pytest.raises(Incomplete):
        merge_threat(target, target=row, actor=world.team, now=NOW)
    answer_merge(row, accept=True, actor=world.delegate, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.merged_into_id, target.endorsements.count()) == ("merged", target.pk, 2)
    with pytest.raises(Incomplete):
        merge_threat(target, target=row, actor=world.team, now=NOW)
    with pytest.raises(NotNow):
        merge_threat(row, target=target, actor=world.team, now=NOW)
    with pytest.raises(Incomplete):
        merge_threat(target, target=target, actor=world.team, now=NOW)


def test_what_nobody_owns_is_merged_at_once_and_chains_end_at_the_last(world):
    first, second, third = file(world), file(world), file(world)
    merge_threat(first, target=second, actor=world.team, now=NOW)
    merge_threat(second, target=third, actor=world.team, now=NOW)
    first.refresh_from_db()
    assert first.merged_into_id == third.pk


def test_the_public_reads_what_was_adopted_once_the_year_is_published(world, client, signed_in):
    adopted, aside, secret = (
        file(world, world.ours, title="Demo: adoptada"),
        file(world),
        file(world, title="Demo: otra"),
    )
    team = signed_in(world.team)
    assert team.post(page("threat_decide", aside.code), {"state": "set_aside"}).status_code == 422
    team.post(page("threat_decide", aside.code), {"state": "set_aside", "reason": "Demo: no es nuestro"})
    team.post(page("threat_decide", adopted.code), {"state": "adopted"})
    assert client.get(adopted.get_absolute_url()).status_code == 404
    publish_cycle(world.cycle, actor=world.team, now=NOW + 30 * DAY)
    text = client.get(adopted.get_absolute_url()).content.decode()
    assert "Demo: adoptada" in text and "OURS" not in text, "aggregated: how many, not who"
    for hidden in (aside, secret):
        assert client.get(hidden.get_absolute_url()).status_code == 404
    assert [row.code for row in client.get(page("threat_list")).context["rows"]] == [adopted.code]
    assert "Demo: otra" not in client.get("/es/search/?q=demo").content.decode()


def test_most_behind_it_comes_first_then_what_weighs_most_and_filters_count(world, signed_in):
    light, heavy = file(world, impact=1, urgency=1), file(world, impact=3, urgency=3)
    loved = file(world, world.ours, kind="opportunity", impact=1, urgency=1)
    client = signed_in(world.peer)
    assert list(client.get(page("threat_list")).context["rows"]) == [loved, heavy, light]
    assert list(client.get(page("threat_list") + "?kind=threat&year=2026").context["rows"]) == [heavy, light]
    assert list(client.get(page("threat_list") + "?kind=nonsense").context["rows"]) == []


def test_lists_cost_the_same_with_3_rows_and_with_30(world, signed_in):
    client = signed_in(world.peer)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page("threat_list")).status_code == 200
        return len(queries)

    for _n in range(3):
        file(world, world.ours, theme=world.theme)
    few = cost()
    for _n in range(27):
        file(world, world.other, theme=world.theme)
    assert cost() == few <= 10


@pytest.mark.parametrize("changes", [{"title": " "}, {"scope": "national"}, {"country": "UY"}])
def test_a_threat_has_a_line_and_a_country_only_where_it_is_national(world, changes):
    with pytest.raises(Incomplete):
        file(world, world.ours, **changes)


def test_a_correction_in_another_language_keeps_no_words_of_the_first(world):
    threat = file(world, world.ours)
    details = ThreatDetails("threat", "Demo: blocking", "", None, "regional", "", 2, 2, "en")
    edit_threat(threat, details=details, version=1, actor=world.delegate, now=NOW)
    threat.refresh_from_db()
    assert (threat.title_es, threat.title_en) == ("", "Demo: blocking")


def test_what_is_not_open_or_not_endorsed_is_refused(world):
    threat, target = file(world, None), file(world, world.other)
    with pytest.raises(NotNow):
        unendorse(target, organization=world.ours, actor=world.delegate, now=NOW)
    merge_threat(threat, target=target, actor=world.team, now=NOW)
    with pytest.raises(NotNow):
        endorse(threat, organization=world.ours, actor=world.delegate, now=NOW)
    with pytest.raises(Incomplete):
        merge_threat(target, target=file(world, None, kind="opportunity"), actor=world.team, now=NOW)


def test_a_merger_that_is_declined_changes_nothing_and_is_answered_once(world, signed_in):
    threat, target = file(world, world.ours), file(world, world.other)
    merge_threat(threat, target=target, actor=world.team, now=NOW)
    answer = page("merge_answer", threat.code)
    assert signed_in(world.delegate).post(answer, {"verb": "maybe"}, follow=True).context["messages"]
    threat.refresh_from_db()
    assert threat.merge_wanted == target
    answer_merge(threat, accept=False, actor=world.delegate, now=NOW)
    threat.refresh_from_db()
    assert (threat.state, threat.merge_wanted) == ("filed", None)
    with pytest.raises(NotNow):
        answer_merge(threat, accept=True, actor=world.delegate, now=NOW)


def test_endorsements_move_over_when_it_is_merged(world):
    threat, target = file(world, None), file(world, world.other)
    endorse(threat, organization=world.ours, actor=world.delegate, now=NOW)
    merge_threat(threat, target=target, actor=world.team, now=NOW)
    names = [endorsement.organization.acronym for endorsement in target.endorsements.in_order()]
    assert sorted(names) == ["OURS", "THEIRS"]


def test_a_decision_is_one_of_two_and_leads_to_the_threat(world):
    threat, decision = file(world, world.ours), file(world, world.other)
    act = {"reason": "", "came_from": decision.code, "actor": world.team, "now": NOW}
    with pytest.raises(Incomplete):
        decide_threat(threat, state="merged", **act)
    decide_threat(threat, state="adopted", **act)
    assert Link.objects.filter(origin=threat.code, outcome=decision.code).exists()
