"""Bad addresses and bad requests: a plain page in the reader's language, never a 500."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/es/meetings/%00/", "/es/?q=%00", "/pt/?a=b%00c"])
def test_a_null_byte_is_a_bad_request(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert answer["Content-Language"] == ("es" if path.startswith("/es") else "pt-BR")


def test_a_null_byte_in_a_cookie_is_a_bad_request(client):
    client.cookies["sessionid"] = "abcdefgh\x00ijkl"
    answer = client.get("/es/")
    assert answer.status_code == 400
    assert answer["Content-Language"] == "es"


def test_a_body_that_is_too_large_is_a_bad_request(client):
    answer = client.post("/es/account/login/", {"login": "x" * 10_000_000, "password": "x"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("accept", "language"),
    [("pt-BR,pt;q=0.9", "pt-BR"), ("en", "en"), ("de", "es"), ("x" * 5000, "es"), ("\x7f;;q=", "es")],
)
def test_an_address_without_language_is_answered_in_the_reader_s(client, accept, language):
    answer = client.get("/nonsense/", headers={"accept-language": accept})
    assert (answer.status_code, answer["Content-Language"]) == (404, language)


def test_the_root_sends_the_reader_to_their_language(client):
    assert client.get("/", headers={"accept-language": "pt-BR"})["Location"] == "/pt/"
    assert client.get("/", headers={"accept-language": "en-GB"})["Location"] == "/en/"
    assert client.get("/")["Location"] == "/es/"


def test_the_inner_code_of_portuguese_leads_to_its_address(client):
    answer = client.get("/pt-br/meetings/")
    assert (answer.status_code, answer["Location"]) == (301, "/pt/meetings/")


def test_pages_forbid_scripts_from_elsewhere(client):
    policy = client.get("/es/nonsense/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
