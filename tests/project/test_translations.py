"""The catalogues are complete, and the tool that keeps them finds, merges and refuses what it says."""

import gettext
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.translations import catalogues, checks, extract, pending

CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
A = _("Meeting %(code)s")
B = _("in two " "pieces")
C = pgettext("month", "May")
D = ngettext("%(n)s meeting", "%(n)s meetings", 2)
"""
TEMPLATE = """
{% load i18n %}{% if x %}
  <p title="{% translate "It's a title" %}">don't (look here</p>
      {% blocktranslate trimmed count n=items|length %}
        {{ n }} thing
      {% plural %}
        {{ n }} things
      {% endblocktranslate %}
 {% endif %}
{{ x|default:_("none yet") }} {% translate "May" context "month" %} {% translate "100% done" %}
{% blocktranslate trimmed with url=b %}See <a href="{{ url }}">the
   source</a>{% endblocktranslate %}
"""
SENTENCES = [
    (None, "%(n)s meeting"),
    (None, "%(n)s thing"),
    (None, "100%% done"),
    (None, "It's a title"),
    ("month", "May"),
    (None, "Meeting %(code)s"),
    (None, 'See <a href="%(url)s">the source</a>'),
    (None, "in two pieces"),
    (None, "none yet"),
]
PENDING = """
- {id: "Meeting %(code)s", es: "Reunión %(code)s", pt: "Reunião %(code)s"}
- {id: "in two pieces", es: "en dos partes", pt: "em duas partes"}
- {id: "%(n)s meeting", plural: "%(n)s meetings", es: ["una reunión", "%(n)s reuniones"], pt: ["%(n)s reunião", "%(n)s reuniões"]}
- {id: "%(n)s thing", plural: "%(n)s things", es: ["%(n)s cosa", "%(n)s cosas"], pt: ["%(n)s coisa", "%(n)s coisas"]}
- {id: May, ctx: month, es: mayo, pt: maio}
- {id: "It's a title", es: Es un título, pt: É um título}
- {id: none yet, es: todavía nada, pt: ainda nada}
- {id: 100% done, es: 100% hecho, pt: 100% feito}
- {id: 'See <a href="%(url)s">the source</a>', es: 'Ver <a href="%(url)s">la fuente</a>', pt: 'Ver <a href="%(url)s">a fonte</a>'}
"""


@pytest.fixture
def project(tmp_path):
    """A small project with code, a template and their translations pending."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "models.py").write_text(CODE)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_app.py").write_text('from x import _\n_("not ours")\n')
    (tmp_path / "templates" / "app").mkdir(parents=True)
    (tmp_path / "templates" / "app" / "page.html").write_text(TEMPLATE)
    (tmp_path / "locale" / "pending").mkdir(parents=True)
    (tmp_path / "locale" / "pending" / "app.yaml").write_text(PENDING)
    return tmp_path


def merge(project):
    extract.update(project, project / "locale")
    return pending.merge(project / "locale" / "pending", project / "locale")


def faults(project):
    return checks.check(project, project / "locale")


def po(project, language="es"):
    return catalogues.po_path(language, project / "locale")


def change(project, old, new, language="es"):
    path = po(project, language)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_our_catalogues_are_complete():
    out, err = StringIO(), StringIO()
    try:
        call_command("translations", "check", stdout=out, stderr=err)
    except CommandError as error:
        pytest.fail(f"{error}\n{err.getvalue()}", pytrace=False)


def test_every_way_to_write_a_sentence_is_found(project):
    found = catalogues.messages_of(extract.extract(project))
    assert [catalogues.key_of(message) for message in found] == SENTENCES


def test_a_sentence_says_in_which_files_it_stands(project):
    extract.update(project, project / "locale")
    assert '#: app/models.py templates/app/page.html\nmsgctxt "month"\nmsgid "May"' in po(project).read_text()


def test_pending_translations_fill_the_catalogues(project):
    result = merge(project)
    assert (result.clashes, result.unused, result.wrong) == ([], [], [])
    assert result.filled == 2 * len(SENTENCES)
    assert result.done == [project / "locale" / "pending" / "app.yaml"]
    assert faults(project) == []


def test_a_catalogue_has_no_dates_and_does_not_change_by_itself(project):
    merge(project)
    first = po(project).read_bytes()
    merge(project)
    assert po(project).read_bytes() == first
    assert b"Date" not in first
    assert str(project).encode() not in first


def test_what_was_translated_stays_and_what_is_gone_goes(project):
    merge(project)
    (project / "app" / "models.py").write_text('_("Meeting %(code)s")\n_("new")\n')
    (project / "locale" / "pending" / "app.yaml").unlink()
    extract.update(project, project / "locale")
    assert 'msgstr "Reunión %(code)s"' in po(project).read_text()
    assert "pieces" not in po(project).read_text()
    assert faults(project) == ["es: 'new' has no translation", "pt_BR: 'new' has no translation"]


def test_compiled_words_are_the_ones_written(project):
    merge(project)
    assert catalogues.compile_stale(project / "locale") == ["es", "pt_BR", "en"]
    assert catalogues.compile_stale(project / "locale") == []
    with po(project).with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("It's a title") == "Es un título"
    assert words.pgettext("month", "May") == "mayo"
    assert [words.ngettext("%(n)s meeting", "%(n)s meetings", n) for n in (1, 2)] == ["una reunión", "%(n)s reuniones"]
    assert words.gettext("100%% done") == "100%% hecho"


def test_portuguese_counts_nothing_as_one(project):
    merge(project)
    catalogues.compile_stale(project / "locale")
    with po(project, "pt_BR").with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    forms = [words.ngettext("%(n)s thing", "%(n)s things", n) for n in (0, 1, 2)]
    assert forms == ["%(n)s coisa", "%(n)s coisa", "%(n)s coisas"]


def test_two_translations_of_one_sentence_are_reported(project):
    (project / "locale" / "pending" / "later.yaml").write_text("- {id: none yet, es: aún nada, pt: ainda nada}\n")
    result = merge(project)
    assert result.clashes == ["es 'none yet': app.yaml says 'todavía nada', later.yaml says 'aún nada'"]
    assert 'msgstr "aún nada"' in po(project).read_text()


def test_pending_entries_without_a_place_are_reported(project):
    (project / "locale" / "pending" / "b.yaml").write_text(
        "- {id: nowhere, es: a, pt: b}\n- {id: none yet, es: aún nada}\n- {id: '%(n)s thing', es: [a], pt: [a, b]}\n"
    )
    (project / "locale" / "pending" / "c.yaml").write_text("- [\n")
    result = merge(project)
    assert result.unused == ["b.yaml: 'nowhere'"]
    assert result.wrong[:2] == ["b.yaml: 'none yet': no pt", "b.yaml: '%(n)s thing': es needs two forms"]
    assert result.wrong[2].startswith("c.yaml: not readable as YAML")
    assert [path.name for path in result.done] == ["app.yaml"]


def test_what_is_missing_can_be_filled_in_and_merged(project):
    merge(project)
    (project / "app" / "models.py").write_text(CODE + '_("New: %(what)s")\nngettext("%(n)s day", "%(n)s days", 2)\n')
    empty = pending.to_fill(extract.extract(project), project / "locale" / "pending", project / "locale")
    assert empty.startswith("# app/models.py\n- id: '%(n)s day'\n  plural: '%(n)s days'\n  es:\n")
    assert empty.count("- id:") == 2
    filled = empty.replace("- ''", "- '%(n)s x'").replace("''", "'%(what)s x'")
    (project / "locale" / "pending" / "new.yaml").write_text(filled)
    merge(project)
    assert faults(project) == []
    assert pending.to_fill(extract.extract(project), project / "nowhere", project / "locale") == ""


def test_the_word_no_is_a_sentence_not_a_boolean(project):
    (project / "app" / "models.py").write_text(CODE + '_("No")\n')
    (project / "locale" / "pending" / "no.yaml").write_text("- {id: No, es: No, pt: Não}\n")
    merge(project)
    assert faults(project) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Reunión %(code)s", "Reunión %(codigo)s", "has other placeholders in 'Reunión %(codigo)s'"),
        ("Reunión %(code)s", "Reunión", "has other placeholders in 'Reunión'"),
        ("%(n)s reuniones", "reuniones", "has other placeholders in 'reuniones'"),
        ("una reunión", "%(x)s reunión", "has other placeholders in '%(x)s reunión'"),
        ("la fuente</a>", "la fuente", "has other tags"),
        ("en dos partes", "", "has no translation"),
        ("en dos partes", "la minuta", "a false friend; the glossary has 'acta'"),
        ('msgctxt "month"\nmsgid "May"', '#, fuzzy\nmsgctxt "month"\nmsgid "May"', "is marked fuzzy"),
        ('msgid "in two pieces"', 'msgid "in three pieces"', "'in two pieces' is not in the catalogue"),
        ('msgid "in two pieces"', 'msgid "in three pieces"', "'in three pieces' is no longer in the code"),
    ],
)
def test_a_fault_is_named(project, old, new, fault):
    merge(project)
    change(project, old, new)
    assert any(line.startswith("es: ") and fault in line for line in faults(project))


@pytest.mark.parametrize(
    ("language", "english", "words", "faulty"),
    [
        ("pt_BR", "The prosecutor", "O fiscal", True),
        ("pt_BR", "The prosecutor", "O promotor", False),
        ("pt_BR", "The inspector", "O fiscal", False),
        ("pt_BR", "Minutes", "Minutas", True),
        ("pt_BR", "Law enforcement", "Forças políticas", True),
        ("pt_BR", "Public policies", "Políticas públicas", False),
        ("es", "The prosecutor", "La fiscal", False),
        ("es", "The decision", "El acuerdo", True),
        ("es", "The agreement", "El acuerdo", False),
        ("es", "Member organisation", "Organización asociada", True),
    ],
)
def test_false_friends(project, language, english, words, faulty):
    (project / "app" / "models.py").write_text(f'_("{english}")\n')
    (project / "templates" / "app" / "page.html").unlink()
    entry = {"es": "bien", "pt": "bem"} | {pending.COLUMNS[language]: words}
    (project / "locale" / "pending" / "app.yaml").write_text(
        f'- {{id: "{english}", es: "{entry["es"]}", pt: "{entry["pt"]}"}}\n'
    )
    merge(project)
    assert bool(faults(project)) is faulty


def test_a_template_that_cannot_be_read_is_named(project):
    (project / "templates" / "app" / "bad.html").write_text("{% blocktranslate %}{% if x %}{% endblocktranslate %}")
    with pytest.raises(extract.Unreadable, match=r"templates/app/bad\.html"):
        extract.extract(project)
