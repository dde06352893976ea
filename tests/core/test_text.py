"""Text in several languages with one that prevails."""

import pytest
from django.utils import translation

from core.text import TextStatus, language_in_words, shown, shown_sql
from organizations.models import Organization
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "expected", "lang"), [("es", "Nombre", "es"), ("pt-br", "Nome", "pt"), ("en", "Nombre", "es")]
)
def test_a_reader_gets_their_version_or_the_official_one(language, expected, lang):
    row = make.organization(name_es="Nombre", name_pt="Nome")
    with translation.override(language):
        text = shown(row, "name")
        assert (row.name, text.value, text.language, text.is_other_language) == (
            expected,
            expected,
            lang,
            language == "en",
        )


@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
@pytest.mark.parametrize("source", ["es", "pt", "en", "fr"])
def test_sql_and_python_choose_the_same_version(language, source):
    make.organization("A", source_language=source, name_es="", name_fr="Nom")
    make.organization("B", source_language=source, name_es="Nombre", name_pt="Nome")
    make.organization("C", source_language=source, name_es="", name_en="")
    with translation.override(language):
        in_sql = dict(Organization.objects.values_list("acronym", shown_sql("name")))
        assert in_sql == {row.acronym: row.name for row in Organization.objects.all()}


def test_a_translation_is_missing_unreviewed_current_or_stale():
    row = make.organization(name_es="Nombre")
    assert row.translation_status("name", "es") == TextStatus.OFFICIAL
    assert row.translation_status("name", "pt") == TextStatus.MISSING
    row.name_pt = "Nome"
    row.mark_translation("name", "pt", reviewed=False)
    assert row.translation_status("name", "pt") == TextStatus.UNREVIEWED
    row.mark_translation("name", "pt", reviewed=True)
    assert row.translation_status("name", "pt") == TextStatus.CURRENT
    row.name_es = "Otro nombre"
    assert row.translation_status("name", "pt") == TextStatus.STALE


def test_the_bare_name_cannot_be_written():
    with pytest.raises(AttributeError):
        make.organization().name = "x"


def test_a_language_inside_a_sentence_is_written_as_each_language_does():
    names = {}
    for interface in ("es", "pt-br", "en"):
        with translation.override(interface):
            names[interface] = language_in_words("pt")
    assert names["en"] == "Portuguese"
    assert names["es"] == names["es"].lower() and names["pt-br"] == names["pt-br"].lower()
