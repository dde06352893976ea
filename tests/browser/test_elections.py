"""Elections as people go through them: seven phones in the room, and three weeks from afar."""

import datetime
import subprocess
import sys
import zipfile

import pytest
from playwright.sync_api import expect

import reminders.services as reminders
from committees.models import Term
from core import clock
from core.outbox.models import OutboxMessage
from elections.models import Ballot, Election, ElectionKey, SealedBallot
from elections.queries.plans import ElectionPlan
from elections.services.casting import cast_vote
from elections.services.preparing import call_election, create_election
from elections.services.roll import fill_roll, publish_roll
from elections.services.scrutiny import appoint_scrutineer
from tests import factories as make
from tests.browser.conftest import DESKTOP, NAMES, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
MOST_TAPS = 6


class Time:
    """The portal's clock, moved by the test."""

    def __init__(self):
        self.at = datetime.datetime(2030, 1, 22, 12, tzinfo=datetime.UTC)

    def forward(self, **delta):
        self.at += datetime.timedelta(**delta)

    def now(self):
        return self.at


@pytest.fixture
def time(monkeypatch):
    moved = Time()
    monkeypatch.setattr(clock, "now", moved.now)
    monkeypatch.setattr(clock, "by_database", moved.now)
    return moved


class Voter:
    """Somebody who votes, whose taps are counted."""

    def __init__(self, visitor, user, election):
        self.visitor, self.page, self.taps = visitor, visitor.page, 0
        self.prefix = "pt" if user.language == "pt-br" else "es"
        self.booth = f"/{self.prefix}/representation/elections/{election.code}/vote/"
        visitor.sign_in(user.email, language=self.prefix)

    def go(self):
        self.visitor.go(self.booth)
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.page.viewport_size["width"]

    def tap(self, selector):
        self.taps += 1
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def cast(self, *names):
        """One round, on the page that opened by itself: marks, review, cast; no more taps than promised."""
        self.taps = 0
        for name in names:
            self.tap(f"li.row:has-text('{name}') label")
        self.tap("button[value=review]" if names else "button[name=blank]")
        self.tap("button[value=cast]")
        self.page.locator(".notice--ok").wait_for()
        assert self.taps <= MOST_TAPS


class Officer:
    """The officer's console, in a browser; taps are counted too."""

    def __init__(self, visitor, user, election):
        self.visitor, self.page, self.taps = visitor, visitor.page, 0
        self.at = f"/es/representation/elections/{election.code}/"
        visitor.sign_in(user.email)

    def step(self, verb):
        """The one button that the console offers now."""
        self.visitor.go(f"{self.at}console/")
        self.press(f"form[action$='/console/{verb}/'] button")
        assert self.page.locator(".notice--error").all_inner_texts() == []

    def press(self, selector="main #submit"):
        self.taps += 1
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()


def called(team, seven, time, candidates, days, **rules):
    """An election of three seats, called, its roll published; each candidate nominated by an organisation and willing.

    `days` are those after today on which nominations close, voting opens and voting closes.
    """
    committee = make.committee(seats=3)
    nominations_close, opens_at, closes_at = (time.now() + datetime.timedelta(days=n) for n in days)
    plan = ElectionPlan(
        committee=committee,
        places=list(committee.seats.all()),
        titles={"es": "Demo: tres personas"},
        language="es",
        nominations_open=time.now(),
        nominations_close=nominations_close,
        opens_at=opens_at,
        closes_at=closes_at,
        zone="America/Montevideo",
        visibility="public",
        term_starts_on=datetime.date(2030, 3, 1),
        term_ends_on=datetime.date(2032, 2, 29),
        **rules,
    )
    election = create_election(plan, actor=team, now=time.now())
    call_election(election, actor=team, now=time.now())
    fill_roll(election, actor=team, now=time.now())
    publish_roll(election, actor=team, now=time.now())
    organizations = [organization for organization, _user in seven.values()]
    for n, name in enumerate(candidates):
        make.nomination(election, organizations[n], state="accepted", name=name)
    return Election.objects.get(pk=election.pk)


def local(moment):
    return moment.strftime("%Y-%m-%dT%H:%M")


def test_seven_phones_three_seats_a_tie_a_second_round_and_a_lot(time, seven, visit):
    """From opening to certificate in the room: two are elected at once, the third by lot after a second round."""
    team = make.coordination()
    candidates = ("Demo Ana", "Demo Bea", "Demo Caio", "Demo Dora", "Demo Eva")
    election = called(team, seven, time, candidates, (1, 1, 1.5), max_marks=3, in_room=True)
    officer = Officer(visit(DESKTOP), team, election)
    time.forward(minutes=10)
    officer.step("candidates")
    phones = [
        Voter(visit(PHONE, has_touch=True, locale="pt-BR" if name in NAMES[5:] else "es-UY"), seven[name][1], election)
        for name in NAMES
    ]
    for phone in phones:
        phone.go()
        assert phone.page.locator("meta[http-equiv=refresh]").count() == 1, "the page waits and looks by itself"
    officer.step("open")
    began = time.now()

    first = ["ABC", "ABC", "ABC", "ABD", "ABD", "AD", "AE"]
    names = {name.split()[1][0]: name for name in candidates}
    for number, (phone, marks) in enumerate(zip(phones, first, strict=True), 1):
        time.forward(seconds=30)
        phone.go()  # what the page does by itself within ten seconds
        phone.cast(*(names[letter] for letter in marks))
        assert str(number) in phone.page.locator("main").inner_text()
    officer.step("close")
    election.refresh_from_db()
    assert (election.state, election.result["elected"], election.result["tied"]) == ("closed", [1, 2], [3, 4])

    officer.visitor.go(f"{officer.at}console/second-round/")
    officer.page.fill("[name=closes_at]", "2030-01-22T18:00")
    officer.press()
    for phone, mark in zip(phones, ["C", "C", "C", "D", "D", "D", ""], strict=True):
        time.forward(seconds=20)
        phone.go()
        assert phone.page.locator("li.row [name=marks]").count() == 2, "only the tied"
        phone.cast(*(names[letter] for letter in mark))
    officer.step("close")
    election.refresh_from_db()
    assert (election.state, election.result["tied"]) == ("closed", [3, 4]), "tied again: now the lot"

    officer.visitor.go(f"{officer.at}console/draw/")
    officer.page.select_option("[name=place_1]", label="Demo Dora")
    officer.page.select_option("[name=place_2]", label="Demo Caio")
    for field, name in (("first_witness", "UNO"), ("second_witness", "DOS")):
        officer.page.select_option(f"[name={field}]", label=seven[name][1].person.name)
    officer.press()
    officer.step("certify")
    assert time.now() - began < datetime.timedelta(minutes=20)

    seated = (
        Term.objects.filter(chosen_in=election.code).order_by("seat__ordinal").values_list("person__name", flat=True)
    )
    assert list(seated) == ["Demo Ana", "Demo Bea", "Demo Dora"]
    for prefix, words in {"es": "sorteo", "pt": "sorteio", "en": "lots"}.items():
        phones[0].visitor.go(f"/{prefix}/representation/elections/{election.code}/notice/")
        text = phones[0].page.locator("main").inner_text()
        assert words in text and all(name in text for name in seated)
    assert officer.taps == 7, "candidates, open, close, second round, close, draw, certify"


def test_three_weeks_from_afar(time, seven, visit, tmp_path):
    """Claims, reminders, ballots on a phone, by keyboard and without JavaScript, scrutineers, and a recount at home."""
    team = make.coordination()
    election = called(
        team, seven, time, ("Demo Ana", "Demo Bea", "Demo Caio", "Demo Dora", "Demo Eva"), (7, 9, 16),
        max_marks=None, method="scottish-stv", claims_hours=48,
    )  # fmt: skip
    scrutineer = make.holder("member", seven["CUATRO"][0])
    appoint_scrutineer(election, person=scrutineer.person, organization=seven["CUATRO"][0], actor=team, now=time.now())
    officer = Officer(visit(DESKTOP), team, election)
    time.forward(days=7)
    officer.step("candidates")

    # A claim on the candidates waiting for an answer; then 48 hours pass.
    uno = Voter(visit(PHONE, has_touch=True), seven["UNO"][1], election)
    uno.visitor.go(f"/es/representation/elections/{election.code}/claims/")
    uno.page.fill("[name=text]", "Demo: el segundo nombre está mal escrito.")
    uno.tap("main #submit")
    officer.visitor.go(f"{officer.at}console/")
    assert not officer.page.locator("form[action$='/console/open/']").count()
    officer.page.locator("a[href*='/console/claims/']").first.click()
    officer.page.check("[name=outcome][value=rejected]", force=True)
    officer.page.fill("[name=answer]", "Demo: así figura en su documento.")
    officer.press()
    time.forward(days=2, hours=1)
    officer.step("open")
    assert OutboxMessage.objects.filter(kind="election_open").count() == 7

    # Three vote in the first days: on a phone, by keyboard alone, and without JavaScript.
    uno.go()
    for name, place in (("Demo Ana", "1"), ("Demo Bea", "2")):
        uno.page.get_by_label(name).select_option(place)
    uno.tap("button[value=review]")
    uno.tap("button[value=cast]")
    uno.page.locator(".notice--ok").wait_for()
    keys = Voter(visit(DESKTOP), seven["DOS"][1], election)
    keys.go()
    keys.page.get_by_label("Demo Ana").focus()
    keys.page.keyboard.type("1")
    keys.page.keyboard.press("Tab")
    keys.page.locator("button[value=review]").focus()
    keys.page.keyboard.press("Enter")
    keys.page.wait_for_load_state()
    expect(keys.page.locator("main")).to_contain_text("1. Demo Ana")
    keys.page.locator("button[value=cast]").focus()
    keys.page.keyboard.press("Enter")
    keys.page.locator(".notice--ok").wait_for()
    plain = Voter(visit(DESKTOP, java_script_enabled=False), seven["SETE"][1], election)
    plain.visitor.go(plain.booth)
    plain.page.get_by_label("Demo Caio").select_option("1")
    plain.page.get_by_label("Demo Eva").select_option("1")
    plain.tap("button[value=review]")
    text = plain.page.locator("[role=alert]").inner_text()
    assert "Demo Caio" in text and "Demo Eva" in text
    plain.page.get_by_label("Demo Eva").select_option("2")
    plain.tap("button[value=review]")
    plain.tap("button[value=cast]")
    plain.page.locator(".notice--ok").wait_for()

    # Only who has not voted is reminded.
    time.at = election.closes_at - datetime.timedelta(days=1, hours=2)
    reminders.plan(time.now())
    reminded = set(OutboxMessage.objects.filter(kind__contains="vote").values_list("address", flat=True))
    assert reminded == {seven[name][1].email for name in ("TRES", "CUATRO", "CINCO", "SEIS")}
    for name, order in (("TRES", [2, 1]), ("CUATRO", [4, 2]), ("CINCO", [1, 3])):
        cast_vote(election, order, actor=seven[name][1], read_clock=time.now)

    # The closing is exclusive: a page that was open a minute too long.
    late = Voter(visit(PHONE, locale="pt-BR"), seven["SEIS"][1], election)
    late.go()
    late.page.get_by_label("Demo Eva").select_option("1")
    time.at = election.closes_at
    late.tap("button[value=review]")
    assert "encerrada" in late.page.locator("main").inner_text()
    assert Ballot.objects.filter(entry__election=election).count() == 6
    officer.step("close")
    election.refresh_from_db()
    if election.state == "closed":
        pytest.fail("the ballots of this test need no lot")

    # The scrutineer confirms the result, the window passes, and anybody counts it again at home.
    watcher = visit(DESKTOP)
    watcher.sign_in(scrutineer.email)
    watcher.go(f"/es/representation/elections/{election.code}/")
    watcher.page.get_by_role("link", name="Consola de escrutinio").click()
    text = watcher.page.locator("main").inner_text()
    assert f"Faltan: {scrutineer.person.name}" in text and text.count("se cumple") == 6 and "no se cumple" not in text
    watcher.page.get_by_role("link", name="¿Da su conformidad al resultado?").click()
    watcher.page.check("[name=conforms][value=yes]", force=True)
    watcher.page.locator("main #submit").click()
    watcher.page.wait_for_load_state()
    time.forward(days=2, hours=1)
    officer.step("certify")
    assert Term.objects.filter(chosen_in=election.code).count() == 3
    uno.visitor.go(f"/es/representation/elections/{election.code}/")
    with uno.page.expect_download() as taken:
        uno.page.locator("a[href$='evidence.zip']").click()
    with zipfile.ZipFile(taken.value.path()) as archive:
        archive.extractall(tmp_path)
    recount = [sys.executable, "-I", str(tmp_path / election.code / "recount.py")]
    done = subprocess.run(recount, capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    ballots = tmp_path / election.code / "ballots.json"
    ballots.write_text(ballots.read_text(encoding="utf-8").replace("[4,2]", "[4,3]"), encoding="utf-8")
    assert subprocess.run(recount, capture_output=True, check=False, cwd=tmp_path).returncode != 0


def test_one_elector_on_a_phone_makes_the_vote_secret_and_each_finds_their_own(time, seven, visit, tmp_path):
    """Asked for by a tap before the vote opens; sealed on phones, also without JavaScript; the receipt stays and is found."""
    team = make.coordination()
    candidates = ("Demo Ana", "Demo Bea", "Demo Caio", "Demo Dora")
    election = called(team, seven, time, candidates, (1, 1, 1.5), max_marks=1, in_room=True, claims_hours=1)
    officer = Officer(visit(DESKTOP), team, election)
    time.forward(hours=1, minutes=10)
    officer.step("candidates")
    time.forward(hours=1, minutes=10)
    phones = {
        name: Voter(
            visit(
                PHONE, has_touch=True, java_script_enabled=name != "TRES", locale="pt-BR" if name == "SEIS" else "es"
            ),
            seven[name][1],
            election,
        )
        for name in ("UNO", "DOS", "TRES", "SEIS")
    }
    asking = phones["UNO"]
    asking.go()
    asking.tap("main details summary")
    assert "no se puede deshacer" in asking.page.locator("main details[open]").inner_text()
    asking.tap("form[action$='/secrecy/'] button")
    assert asking.taps == 2
    election.refresh_from_db()
    assert election.is_secret and OutboxMessage.objects.filter(kind="election_secret").count() == 8
    visitor = visit(DESKTOP)
    visitor.go(f"/es/representation/elections/{election.code}/")
    public = visitor.page.locator("main").inner_text()
    assert "Lo pidió alguien del padrón" in public and seven["UNO"][1].person.name not in public

    officer.step("open")
    receipts = {}
    for count, (name, mark) in enumerate(
        (("UNO", "Demo Ana"), ("DOS", "Demo Ana"), ("TRES", "Demo Bea"), ("SEIS", "Demo Ana")), 1
    ):
        time.forward(seconds=30)
        phone = phones[name]
        phone.go()
        text = phone.page.locator("main").inner_text()
        assert ("poderia abri-la" if name == "SEIS" else "podrían abrirla") in text
        phone.cast(mark)
        assert phone.page.locator("meta[http-equiv=refresh]").count() == 0, "the receipt stays until one leaves it"
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390, "and fits"
        receipts[name] = phone.page.locator("dd.code").all_inner_texts()
        assert f"{count} de 7" in phone.page.locator("main").inner_text()
    assert SealedBallot.objects.count() == 4 and not Ballot.objects.exists()

    # Sent twice, as a phone does that lost the answer: the same receipt, and one vote.
    again = phones["DOS"]
    again.page.reload()
    assert again.page.locator("dd.code").all_inner_texts() == receipts["DOS"] and SealedBallot.objects.count() == 4
    again.go()
    assert receipts["DOS"][0] not in again.page.content(), "shown once"

    time.at = election.closes_at
    officer.step("close")
    election.refresh_from_db()
    assert (election.state, election.result["elected"][0]) == ("provisional", 1)
    for name, (_tracker, word, _digest) in receipts.items():
        phone = phones[name]
        phone.visitor.go(f"/{phone.prefix}/representation/elections/{election.code}/")
        phone.tap("main details:has(dd.code) summary")
        assert word in phone.page.locator("main details[open]").inner_text()
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    time.forward(hours=1, minutes=1)
    officer.step("certify")
    assert not ElectionKey.objects.exists()
    visitor.go(f"/es/representation/elections/{election.code}/")
    with visitor.page.expect_download() as taken:
        visitor.page.locator("a[href$='evidence.zip']").click()
    with zipfile.ZipFile(taken.value.path()) as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / election.code
    assert not (folder / "ballots.json").exists(), "seven voters: few"
    assert all(word in (folder / "checks.json").read_text(encoding="utf-8") for _t, word, _d in receipts.values())
    done = subprocess.run([sys.executable, "-I", str(folder / "recount.py")], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()
