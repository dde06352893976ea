"""The secret vote with the portal's key: asked for by one elector, sealed, cast once, opened at closing."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import NotNow, PermissionDenied
from elections import sealing
from elections.counting.core import canonical
from elections.emails import tell_secret
from elections.models import Box, ElectionKey, Participation
from elections.services.checkin import check_held
from elections.services.common import elector_of, entry_of, locked, note, shared
from elections.services.electors import check_member, check_open, chosen, chosen_keys, have_voted
from elections.services.roll import weights_identify
from elections.states import ElectionState

ASKED_IN = (ElectionState.ROLL, ElectionState.CANDIDATES, ElectionState.VOTING)


@dataclass(frozen=True)
class Receipt:
    """What a voter keeps: the digest proves that the box was taken, the check word that it was counted as cast."""

    tracker: str
    digest: str
    word: str


@transaction.atomic
def request_secrecy(election, actor, now):
    """Any one elector makes an open vote secret, until somebody has voted. Nobody is told who asked; twice is once.

    Raises Refused to others, NotNow where it is too late, on paper, or weights would tell whose a vote is.
    """
    election = locked(election)
    if entry_of(election, actor, now) is None:
        raise PermissionDenied(_("Only electors on the roll can ask for a secret vote."))
    if election.is_secret:
        return election
    if election.state not in ASKED_IN or election.on_paper:
        raise NotNow(_("A secret vote can be asked for once the roll is published, and before anybody has voted."))
    if have_voted(election) or election.first_round:
        raise NotNow(_("Somebody has already voted openly: this vote stays open."))
    if weights_identify(list(election.roll.values_list("weight", flat=True))):
        raise NotNow(_("Fewer than three organisations have the same weight: it would reveal whose vote is whose."))
    election.made_secret = True
    election.save(update_fields=["made_secret"])
    note(election, "secrecy_requested", None, now)
    if election.state == ElectionState.VOTING:
        make_key(election, now)
    tell_secret(election, now)
    return election


def make_key(election, now):
    """A key for the urn, at the opening of a round; the caller holds the election."""
    public, kept = sealing.new_key()
    ElectionKey.objects.update_or_create(election=election, defaults={"public": public, "kept": kept})
    note(election, "key_made", None, now, public=public.hex())


def destroy_key(election, actor, now):
    """Delete the key, and declare so: a declaration, not a proof, for a copy of the database may hold it still."""
    if ElectionKey.objects.filter(election=election).delete()[0]:
        note(election, "key_destroyed", actor, now)


def _urn(election):
    """(public key, context, length of what is sealed) of the boxes of now."""
    key = ElectionKey.objects.get(election=election)
    public = bytes(key.public)
    context = sealing.context_of(election.code, election.rules_hash, public)
    return key, context, sealing.size_for(election.nominations.on_ballot().count())


def seal_vote(election, said):
    """(box, tracker) of a vote, ready to be cast; nothing is stored. Raises Incomplete for what is no vote."""
    chosen(election, said)
    key, context, size = _urn(election)
    if election.is_yes_no:
        words = {str(n): answer for n, answer in said.items() if answer != "abstain"}
    else:
        words = list(said) if election.is_ranked else sorted(said)
    tracker = sealing.new_tracker()
    return sealing.seal(bytes(key.public), context, tracker, words, size), tracker


@transaction.atomic
def cast_secret_vote(election, box, actor, read_clock=None):
    """Put a sealed vote into the urn, for the organisation for which the actor stands on the roll. Returns the Receipt;
    the same bytes again by the same elector give the same one. Raises Refused, NotNow; nothing is kept then.

    As with an open vote: the election is held against closing, the database's clock is read in a second statement, and
    the database takes the participation first, once. No row says whose box it is.
    """
    election = shared(election)
    now = (read_clock or clock.by_database)()
    entry = elector_of(election, actor)
    if entry is None:
        raise PermissionDenied(_("You are not on the roll of this election."))
    check_open(election, now)
    check_member(election, entry, now)
    check_held(election, entry, actor, now)
    if not election.is_secret:
        raise NotNow(_("This vote is open."))
    key, context, size = _urn(election)
    opened = sealing.is_for(box, context, size) and sealing.open_box(_private(key), context, box)
    if not opened or not _has_form(election, opened.said):
        raise NotNow(_("This is not a vote in this election. Mark your vote again."))
    digest = sealing.digest_of(box)
    receipt = Receipt(opened.tracker, digest, sealing.check_word(opened.tracker, opened.said))
    if not _insert("elections_participation", "entry_id", {"entry_id": entry.pk, "cast_by_id": actor.person.pk}):
        if Box.objects.filter(digest=digest).exists() and entry.participation.cast_by_id == actor.person.pk:
            return receipt
        raise NotNow(_("Your organisation has already voted. One organisation has one vote."))
    chosen_keys(election, _as_asked(election, opened.said))
    row = {"digest": digest, "urn": context.hex(), "weight": entry.weight, "sealed": box}
    if not _insert("elections_box", "digest", row):
        raise NotNow(_("This vote is already in the ballot box, cast by somebody else. Mark your vote again."))
    return receipt


def _has_form(election, said):
    """Whether what was in a box is what a ballot of this election is made of; whether it keeps the rules is another."""
    return sealing.is_answers_said(said) if election.is_yes_no else sealing.is_list_said(said)


def _as_asked(election, said):
    """What is in a box as `chosen` reads it."""
    return {int(n): answer for n, answer in said.items()} if election.is_yes_no else said


def _insert(table, unique, values):
    """Insert a row unless there is one: whether it was."""
    columns, places = ", ".join(values), ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT ({unique}) DO NOTHING",  # noqa: S608 - names of ours
            list(values.values()),
        )
        return cursor.rowcount == 1


def _private(key):
    try:
        return sealing.private_key(bytes(key.public), bytes(key.kept))
    except ValueError as error:
        raise NotNow(_("The key of this ballot box cannot be read: the portal's SECRET_KEY has changed. Annul the "
"election, with the reason.")) from error  # fmt: skip


def open_urn(election):
    """(ballots by their trackers, digests of the boxes), at closing. Raises NotNow where boxes and participations differ.

    What cannot be opened or read is an invalid ballot: it counts in the turnout.
    """
    key, context, _size = _urn(election)
    boxes = list(Box.objects.filter(urn=context.hex()).order_by("digest"))
    cast = Participation.objects.filter(entry__election=election).count()
    if len(boxes) != cast:
        words = _("The ballot box contains %(boxes)s votes, and %(cast)s organisations have voted. Nothing is "
"opened: annul the election, with the reason.")  # fmt: skip
        raise NotNow(words % {"boxes": len(boxes), "cast": cast})
    private, papers = _private(key), []
    nothing = {"0": "yes"} if election.is_yes_no else [0]
    for box in boxes:
        opened = sealing.open_box(private, context, bytes(box.sealed))
        said = opened.said if opened and _has_form(election, opened.said) else nothing
        paper = {"tracker": opened.tracker if opened else box.digest, election.ballot_key: said}
        papers.append(paper | ({"weight": box.weight} if box.weight > 1 else {}))
    return sorted(papers, key=lambda paper: (paper["tracker"], canonical(paper))), [box.digest for box in boxes]


def empty_urn(election):
    """Before a second round: what was cast in the first is kept with its result, by trackers; the urn is empty again."""
    key = ElectionKey.objects.filter(election=election).first()
    if key:
        context = sealing.context_of(election.code, election.rules_hash, bytes(key.public))
        Box.objects.filter(urn=context.hex()).delete()
    Participation.objects.filter(entry__election=election).delete()
    election.opened = None


def check_words(papers, key):
    """Sorted digests by which each voter of a closed secret vote finds their own."""
    return sorted(sealing.check_word(paper["tracker"], paper[key]) for paper in papers)


def words_of_rounds(election):
    """[digests of a round]: by them the voters of each round of a closed secret vote find their own."""
    if not election.has_urn or election.opened is None:
        return []
    first = [election.first_round["ballots"]] if election.first_round else []
    return [check_words(papers, election.ballot_key) for papers in [*first, election.opened]]
