"""What every public page is and is not: cacheable, without cookies, tokens or anything from elsewhere."""

import datetime
import re

import pytest
import time_machine

from tests import factories as make

pytestmark = pytest.mark.django_db
PAGES = ["", "years/", "years/2026/", "about/", "follow/"]


@pytest.fixture(autouse=True)
def something():
    make.decision(make.meeting(2026, state="published", kind="annual"), theme=make.theme())


@pytest.mark.parametrize("page", PAGES)
class TestEveryPage:
    def test_no_cookie_and_no_token(self, client, page):
        response = client.get(f"/es/{page}")
        assert not response.cookies
        assert "csrf" not in response.content.decode().lower()

    def test_nothing_is_loaded_from_elsewhere(self, client, page):
        html = client.get(f"/es/{page}").content.decode()
        loaded = re.findall(
            r'<(?:script|img|iframe|source|link rel="(?:stylesheet|icon)")[^>]*(?:src|href)="([^"]+)"', html
        )
        assert loaded
        assert [address for address in loaded if not address.startswith("/static/")] == []
        assert not re.search(r"<[^>]+ (?:style|on\w+)=", html)

    def test_a_strict_policy(self, client, page):
        policy = client.get(f"/es/{page}")["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy

    def test_names_its_other_languages_and_its_feeds(self, client, page):
        html = client.get(f"/pt/{page}").content.decode()
        for code, prefix in (("es", "es"), ("pt-BR", "pt"), ("en", "en")):
            assert f'hreflang="{code}" href="http://localhost:8000/{prefix}/{page}"' in html
        assert '<html lang="pt-BR">' in html
        assert 'type="application/atom+xml"' in html and 'type="text/calendar"' in html

    def test_is_only_read(self, client, page):
        assert client.post(f"/es/{page}").status_code == 405

    def test_html_in_a_title_stays_text(self, client, page):
        make.decision(make.meeting(2026, state="published"), "<script>alert(1)</script>")
        assert "<script>alert" not in client.get(f"/es/{page}").content.decode()
        assert "&lt;script&gt;alert" in client.get("/es/years/2026/").content.decode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/es/no-such/", 404),
        ("/es/years/2026/x/", 404),
        ("/es/threads//", 404),
        ("/es/organizations/?page=abc", 200),
        ("/es/%00/", 400),
        ("/es/?q=%00", 400),
        ("/es/spaces/" + "x" * 3000 + "/calendar.ics", 404),
    ],
)
def test_bad_addresses_get_a_plain_page(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    if status != 200:
        assert "<h1>" in response.content.decode()


def test_the_members_named_are_those_of_today_at_casa(client):
    make.organization("LEAVES", member_until=datetime.date(2026, 12, 31))
    make.organization("JOINS", member_from=datetime.date(2027, 1, 1))
    # 22:00 of 31 December in Montevideo is the next year in UTC.
    with time_machine.travel(datetime.datetime(2027, 1, 1, 1, tzinfo=datetime.UTC)):
        members = client.get("/es/about/").context["members"]
    assert [row.acronym for row in members] == ["LEAVES"]
