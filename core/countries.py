"""The countries and territories of the region, with Babel's names: no list of our own to maintain."""

from functools import cache

from babel import Locale
from django.utils.functional import lazy
from django.utils.translation import get_language

LATIN_AMERICA = [
    "AR",
    "BO",
    "BR",
    "CL",
    "CO",
    "CR",
    "CU",
    "DO",
    "EC",
    "GT",
    "HN",
    "HT",
    "MX",
    "NI",
    "PA",
    "PE",
    "PR",
    "PY",
    "SV",
    "UY",
    "VE",
]
CARIBBEAN = [
    "AG",
    "AI",
    "AW",
    "BB",
    "BL",
    "BM",
    "BQ",
    "BS",
    "BZ",
    "CW",
    "DM",
    "FK",
    "GD",
    "GF",
    "GP",
    "GY",
    "JM",
    "KN",
    "KY",
    "LC",
    "MF",
    "MQ",
    "MS",
    "SR",
    "SX",
    "TC",
    "TT",
    "VC",
    "VG",
    "VI",
]
REGION = tuple(sorted(LATIN_AMERICA + CARIBBEAN))


@cache
def _names(language: str) -> dict[str, str]:
    return dict(Locale.parse(language.replace("-", "_")).territories)


def name(code: str, language: str | None = None) -> str:
    """The country's name in the reader's language; the code itself where it is unknown."""
    return _names(_babel(language or get_language() or "es")).get(code, code)


def _babel(language: str) -> str:
    return {"pt-br": "pt_BR"}.get(language, language)


lazy_name = lazy(name, str)


def choices() -> list[tuple[str, str]]:
    """The region's countries in the order of their names in the reader's language."""
    return sorted(((code, name(code)) for code in REGION), key=lambda pair: pair[1].casefold())


#: Codes that Babel names though they are no country: unions, pseudo-languages, the unknown.
NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}


def is_country(code: str) -> bool:
    """Whether two capital letters are a country's."""
    return len(code) == 2 and code.isalpha() and name(code, "en") != code and code not in NO_COUNTRY


def named(text: str) -> str:
    """The two letters of a country written as such or by its name in the reader's language; empty where unknown."""
    wanted = text.strip().casefold()
    if is_country(wanted.upper()):
        return wanted.upper()
    known = _names(_babel(get_language() or "es"))
    return next((code for code, label in known.items() if label.casefold() == wanted and is_country(code)), "")
