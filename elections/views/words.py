"""An election in words: its rules in plain sentences, each stage of the count, and the flow of votes as one rows object
that the table and the drawing share."""

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import instant_words
from elections.counting.core import APPROVAL, MEEK, RANKED, YES_NO
from elections.queries.vacancies import why_no_succession
from elections.states import IfFew, TieBreak, Vacancy


def rules_in_words(election, seats):
    """The rules, one sentence each."""
    said = [
        ngettext("%(n)s seat is filled.", "%(n)s seats are filled.", seats) % {"n": seats},
        _who(election),
        _how(election),
    ]
    if election.cap:
        words = ngettext(
            "At most %(n)s person from one organisation sits on the body, counting those who stay.",
            "At most %(n)s people from one organisation sit on the body, counting those who stay.",
            election.cap,
        )
        said.append(words % {"n": election.cap})
    if election.threshold:
        said.append(
            _("To be elected, a candidate needs at least %(n)s %% of the valid votes.") % {"n": election.threshold}
        )
    if election.quorum:
        words = ngettext(
            "The election is valid if at least %(n)s organisation votes.", "The election is valid if at least %(n)s organisations vote.",
            election.quorum,
        )  # fmt: skip
        said.append(words % {"n": election.quorum})
    if election.rules.get("least_votes"):
        said.append(_("Nobody is elected without a vote; a seat may stay vacant."))
    if election.term_ends_by_rank:
        said.append(_("Terms differ in length: whoever is elected first has the first one, and so on."))
    if election.claims_hours:
        words = ngettext(
            "Claims on the roll, the candidates and the result can be submitted for %(n)s hour, or until every "
            "elector says that there are none.",
            "Claims on the roll, the candidates and the result can be submitted for %(n)s hours, or until "
            "every elector says that there are none.",
            election.claims_hours,
        )
        said.append(words % {"n": election.claims_hours})
    if election.vacancy == Vacancy.COUNTBACK:
        said.append(_("If a seat becomes vacant, the same ballots are counted again without the person who left."))
    elif election.vacancy == Vacancy.NEXT:
        said.append(_("If a seat becomes vacant, the next candidate in the result takes it."))
    said += secrecy_in_words(election)
    said.append(_lots(election))
    if election.if_few == IfFew.YES_NO:
        said.append(_("If there are no more candidates than seats, each of them is voted on: yes, no or abstention; "
"whoever has more yes than no votes is elected."))  # fmt: skip
    else:
        said.append(_("If there are no more candidates than seats, there is no vote: they are elected by acclamation."))
    return said


def vacancy_in_words(election):
    """What happens where a seat falls vacant, or why the rule for it cannot be applied."""
    if why := why_no_succession(election):
        return _("Another election will fill the seat. %(why)s") % {"why": why}
    if election.vacancy == Vacancy.NEXT and election.first_round:
        return _("The next candidate in the second round takes the seat, then the next in the first.")
    if election.vacancy == Vacancy.NEXT:
        return _("The next candidate in the result takes the seat.")
    if election.first_round:
        return _("The ballots of the first round are counted again without the person who left.")
    return _("The same ballots are counted again without the person who left.")


def _lots(election):
    if election.tie_break == TieBreak.SEED:
        words = _("A deciding tie is settled by a draw that anybody can calculate again, from the seal of the "
"closing and a public value that nobody knows before, %(source)s.")  # fmt: skip
        return words % {"source": election.lot_source}
    return _("A deciding tie is settled by drawing lots before two witnesses from different organisations.")


def _who(election):
    if election.is_weighted:
        return _("Each organisation has one vote, cast by its voter or alternate, which counts as many times as its "
"weight on the roll; quorum and turnout count organisations.")  # fmt: skip
    return _("One organisation, one vote, cast by its voter or alternate.")


def secrecy_in_words(election):
    """Who reads how somebody voted, and who could; one sentence each."""
    if election.on_paper:
        return [_("Voting is on paper, and no ballot paper says whose it is.")]
    if not election.is_secret:
        open_vote = _("The vote is open: after closing, the member organisations can see how each one voted.")
        return [
            open_vote,
            _("Until somebody has voted, any elector can ask for the vote to be secret; nobody is told who asked."),
        ]
    said = [_("The vote is secret: nobody can see how an organisation voted.")]
    if election.made_secret:
        said = [_("An elector asked for it, so the vote is secret: nobody can see how an organisation voted.")]
    said.append(_("The ballot box is kept with the portal's key: those who administer the portal could open it."))
    said.append(_("Few votes hide little, and a unanimous result shows how everybody voted."))
    if election.vacancy == Vacancy.COUNTBACK:
        said.append(_("The ballots are kept, without saying whose they are, so that they can be counted again."))
    return said


def _how(election):
    if election.method == APPROVAL:
        return _(
            "Each vote marks as many candidates as it accepts, or is blank. Those with the most votes are elected."
        )
    if election.method in RANKED:
        words = _("Each vote numbers the candidates in order of preference, as many as the voter likes, or is blank. "
"Whoever has enough votes is elected; votes they do not need, and the votes of whoever has fewest, "
"pass on to the next candidate in each order.")  # fmt: skip
        rule = _("Counted by Meek's rules.") if election.method == MEEK else _("Counted by the rules of the Scottish local elections.")  # fmt: skip
        return f"{words} {rule}"
    words = ngettext(
        "Each vote marks up to %(n)s candidate, or is blank. Those with the most votes are elected.",
        "Each vote marks up to %(n)s candidates, or is blank. Those with the most votes are elected.",
        election.max_marks,
    )
    return words % {"n": election.max_marks}


class Flow:
    """Who had how many votes at each stage: `rows` of (candidate, [cell, …]), a sentence or more for each stage."""

    def __init__(self, result, candidates):
        self.names = {row.number: row.name for row in candidates}
        self.quota, self.method = result.get("quota"), result["method"]
        self.stages = [
            {"number": n, "words": self._words(stage, before), "stage": stage}
            for n, (stage, before) in enumerate(zip(result["stages"], [None, *result["stages"]], strict=False), 1)
        ]
        self.total = result["valid"]
        order = {n: place for place, n in enumerate(result["elected"])}
        ranked = sorted(candidates, key=lambda row: (order.get(row.number, 999), -self._last(result, row), row.number))
        self.rows = [(row, [self._cell(stage, row.number) for stage in result["stages"]]) for row in ranked]
        self.over = [short(_sum(stage["nontransferable"], stage["lost"])) for stage in result["stages"]]

    @staticmethod
    def _last(result, row):
        """The most votes that somebody had: those who left late come before those who left early."""
        return max(Decimal(stage["totals"][str(row.number)]) for stage in result["stages"])

    @staticmethod
    def _cell(stage, n):
        votes = stage["totals"][str(n)]
        return {"votes": short(votes), "elected": n in stage["elected"], "out": n in stage["excluded"], "exact": votes}

    def _people(self, numbers):
        return ", ".join(self.names.get(n, str(n)) for n in numbers)

    def _words(self, stage, before):
        """What was done at a stage and why."""
        who = {"names": self._people(stage["candidates"])}
        action, said = stage["action"], []
        if action == "first" and self.method in RANKED:
            words = _("The first preferences are counted. Whoever has %(quota)s votes, the quota, is elected.")
            said.append(words % {"quota": short(stage.get("quota") or self.quota)})
        elif action == "first":
            said.append(_("The votes are counted."))
        elif action == "surplus":
            over = _minus(before["totals"][str(stage["candidates"][0])], stage["totals"][str(stage["candidates"][0])])
            words = ngettext(
                "%(names)s has %(votes)s vote more than needed. All the votes pass on at a lower value, each to its next candidate.",
                "%(names)s has %(votes)s votes more than needed. All the votes pass on at a lower value, each to its next candidate.",
                1 if Decimal(over) == 1 else 2,
            )  # fmt: skip
            said.append(words % (who | {"votes": short(over)}))
        elif action == "round":
            words = _("Votes that those elected do not need pass on; the quota is now %(quota)s.")
            said.append(words % {"quota": short(stage["quota"])})
        elif action == "cap":
            said.append(_("The organisation has all the members it may have, so %(names)s can no longer be elected; the "
"votes pass on.") % who)  # fmt: skip
        else:
            said.append(_("%(names)s has the fewest votes and is eliminated; the votes pass on to the next candidate of each.") % who)  # fmt: skip
        if stage["kept"]:
            words = _("%(names)s had fewer, but without them the seats could not be filled under the limit.")
            said.append(words % {"names": self._people(stage["kept"])})
        for order in stage["lots"]:
            words = _("Tied, so it was decided by lot, the first being preferred: %(names)s.")
            said.append(words % {"names": self._people(order)})
        return said + self._elected(stage)

    def _elected(self, stage):
        if not stage["elected"]:
            return []
        quota = stage.get("quota") or self.quota
        reached = [n for n in stage["elected"] if not quota or Decimal(stage["totals"][str(n)]) >= Decimal(quota)]
        rest = [n for n in stage["elected"] if n not in reached]
        said = []
        if reached:
            words = ngettext("Elected: %(names)s.", "Elected, in this order: %(names)s.", len(reached))
            said.append(words % {"names": self._people(reached)})
        if rest:
            words = ngettext(
                "Nobody else is left for the last seat: %(names)s is elected.",
                "As many candidates are left as there are seats, so they are elected: %(names)s.", len(rest),
            )  # fmt: skip
            said.append(words % {"names": self._people(rest)})
        return said

    @property
    def is_long(self):
        """Whether there is a flow to show: more than one stage."""
        return len(self.stages) > 1

    def drawing(self):
        """Columns of the stages and bands between them, in a drawing of 1000 × 320; heights are votes."""
        total, count = Decimal(self.total or 1), len(self.stages)
        step, high = 1000 / count, 300
        bars, bands, feet = [], [], {}
        for place in range(count):
            top, x = 10.0, place * step
            for row, cells in self.rows:
                tall = float(Decimal(cells[place]["exact"]) / total) * high
                if tall > 0:
                    bars.append({
                        "x": _px(x), "y": _px(top), "width": _px(step * 0.45), "height": _px(tall), "n": row.number,
                        "label_x": _px(x + step * 0.225), "label_y": _px(top + tall / 2 + 6), "told": tall > 16,
                        "elected": any(cell["elected"] for cell in cells[: place + 1]),
                    })  # fmt: skip
                    if (row.number, place - 1) in feet:
                        was_top, was_tall = feet[(row.number, place - 1)]
                        left, right = x - step * 0.55, x
                        bands.append(
                            f"{_px(left)},{_px(was_top)} {_px(right)},{_px(top)} {_px(right)},{_px(top + tall)} "
                            f"{_px(left)},{_px(was_top + was_tall)}"
                        )
                    feet[(row.number, place)] = (top, tall)
                top += tall
        return {"bars": bars, "bands": bands}


def _px(number):
    return f"{number:.1f}"  # a string: Django would write 12,5 in Spanish, which SVG cannot read


def _sum(*amounts):
    return str(sum(map(Decimal, amounts)))


def _minus(more, less):
    return str(Decimal(more) - Decimal(less))


def short(amount):
    """A number of votes for people: without the zeros at its end, and with their language's decimal sign."""
    text = str(amount)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", formats.get_format("DECIMAL_SEPARATOR"))


def with_choices_in_words(election, ballots, candidates):
    """Each ballot with `words`: whom it marked or in which order, or what it answered."""
    names = {row.number: row.name for row in candidates}
    answers = {"yes": _("yes"), "no": _("no")}
    for ballot in ballots:
        if ballot.choices is None:
            ballot.words = ", ".join(row.name for row in ballot.marks.all())
        elif election.ballot_method == YES_NO:
            ballot.words = ", ".join(f"{names[int(n)]}: {answers[a]}" for n, a in sorted(ballot.choices.items()))
        else:
            ballot.words = ", ".join(f"{place}. {names[n]}" for place, n in enumerate(ballot.choices, 1))
    return ballots


def counts_by_stages(result):
    """Whether a result has a flow of votes: one of an order of preference."""
    return result.get("method") in RANKED and bool(result.get("stages"))


def claims_in_words(election, stage, until, without):
    """Until when claims are taken and who has said that there are none; "" where none are taken."""
    if stage is None:
        return ""
    facts = {"what": stage.label, "without": without, "all": election.roll.count()}
    if until is None:
        return _("Claims on %(what)s can be submitted. Without claims: %(without)s of %(all)s.") % facts
    facts["when"] = instant_words(until, election.zone)
    return _("Claims on %(what)s can be submitted until %(when)s. Without claims: %(without)s of %(all)s.") % facts
