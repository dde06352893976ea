"""Finding records by the words of their titles and codes, accents and capitals aside, on any database.

Only titles are indexed: whoever may see a record may see its title, so a match tells nobody about words that
are for fewer eyes. They are stored without accents and casefolded; SQLite's own search misses REUNIÓN for reunión.
"""

import datetime
import unicodedata

from django.conf import settings

from core.records.models import Record
from core.records.registry import kind_of
from core.records.rows import Row, rows
from core.visibility import Reader

#: Longer questions are cut; nobody means more.
MOST_WORDS, MOST_CANDIDATES = 8, 300


def fold(text: str) -> str:
    """`Reunión Anual` and `reuniao anual` without what only accents and capitals tell apart."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def index(code: str) -> None:
    """Index a record by its title as it is now; does nothing where no row has the code (yet)."""
    kind = kind_of(code)
    if kind is None:
        return
    names = [f"{kind.title}_{language}" for language in settings.CONTENT_LANGUAGES] if kind.translated else [kind.title]
    titles = kind.model()._default_manager.filter(code=code).values_list(*names).first()
    if titles is not None:
        Record.objects.filter(code=code).update(words=fold(" ".join([code, *filter(None, titles)])))


def find(question: str, user: Reader, now: datetime.datetime, kind: str = "", most: int = 50) -> list[Row]:
    """Up to `most` core.records.rows.Row that have all words of a question and that this reader may see, newest
    year first. Two queries. An empty question finds nothing."""
    words = fold(question.replace("\x00", " ")).split()[:MOST_WORDS]
    if not words:
        return []
    found = Record.objects.order_by("-year", "kind", "number")
    for word in words:
        found = found.filter(words__contains=word)
    if kind:
        found = found.filter(kind=kind)
    codes = list(found.values_list("code", flat=True)[:MOST_CANDIDATES])
    seen = rows(codes, user, now)
    return [seen[code] for code in codes if code in seen][:most]
