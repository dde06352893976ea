"""The part of `rendered.py` that runs inside a checkout, with its code: load, walk, write every page folded.

It knows of the portal only what outlives a change of its insides: the commands `load_record` and `load_demo`, the
accounts of the demonstration by their addresses, and the prefixes of the languages. Never a route name, never a module
of an app. What is drawn by lot is drawn from seeds; what cannot be is folded away (`folding.py`).
"""

import gc
import hashlib
import io
import os
import random
import re
import shutil
import sys
import uuid
from collections import Counter, deque
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from folding import body_of, fold, without_secrets

LANGUAGES = {"es": "es", "pt": "pt-br", "en": "en"}
PREFIX = re.compile(r"/(es|pt|en)/")
LINK = re.compile(r"""\s(?:href|src|action|formaction|hx-get|hx-post)=(?:"([^"]*)"|'([^']*)')""")
WRITTEN = re.compile(r"https?://localhost(?::\d+)?(/[^\s<>\"'\])]*)")
SEEDS = (
    "", "demo/", "demo/mailbox/", "account/login/", "account/login/code/", "account/password/reset/",
    "account/email/", "no-such-page/", "calendar.ics", "feed.atom",
)  # fmt: skip
WITHOUT_LANGUAGE = ("/", "/health/", "/robots.txt", "/sitemap.xml", "/favicon.ico", "/meetings/")
#: Of one route with arguments, at most so many addresses that no link leads to.
UNLINKED = 12
#: A page that says where it leads afterwards is as many pages as there are places; so many are looked at.
NEXT, NEXTS = re.compile(r"[?&;]next="), 3
PARAMETER = re.compile(r"<(?:\w+:)?\w+>")


class Lots:
    """What the machine draws, the same in each run: one row of bytes for each purpose, begun anew by `begin`."""

    def __init__(self):
        self.drawn, self.subject = Counter(), "loading"
        os.urandom = random._urandom = self.urandom
        uuid.uuid4 = lambda: uuid.UUID(bytes=self.bytes("uuid", 16), version=4)
        # Keys of elections come from a library with a chance of its own.
        ec.generate_private_key = lambda curve, *_backend: ec.derive_private_key(
            int.from_bytes(self.bytes("key", 31), "big") + 1, curve
        )

    def begin(self, subject):
        self.subject = subject
        self.drawn.clear()
        random.seed(subject)

    def bytes(self, purpose, size):
        self.drawn[purpose, size] += 1
        seed = f"{self.subject}|{purpose}|{size}|{self.drawn[purpose, size]}"
        return hashlib.shake_256(seed.encode()).digest(size)

    def urandom(self, size):
        return self.bytes("bytes", size)


def compile_catalogues(root):
    """Translations as the checkout has them now; done here, because their compiler may move."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in root.glob("locale/*/LC_MESSAGES/*.po"):
        with source.open("rb") as po:
            catalog = read_po(po, locale=source.parts[-3])
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        target = source.with_suffix(".mo")
        if not target.is_file() or target.read_bytes() != compiled.getvalue():
            target.write_bytes(compiled.getvalue())


def load(root, data):
    """Django with a fresh database, the record and the demonstration in it."""
    compile_catalogues(root)
    import django

    django.setup()
    import logging

    from django.conf import settings
    from django.core.management import call_command

    logging.disable(logging.CRITICAL)
    # Files at their own addresses, without a digest in the name and without being collected before.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.ALLOWED_HOSTS = ["localhost"]
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_record", verbosity=0)
    call_command("load_demo", verbosity=0)


class Walk:
    """One reader in one language, from link to link; each answer becomes a file."""

    def __init__(self, who, language, out, lots, bound):
        self.who, self.language, self.lots, self.bound = who, language, lots, bound
        self.folder = out / (who or "visitor") / language
        self.todo, self.seen, self.files, self.nexts, self.broken = deque(), set(), Counter(), Counter(), 0
        self.client = self.sign_in()

    def sign_in(self):
        from django.apps import apps
        from django.conf import settings
        from django.test import Client

        self.lots.begin(f"{self.who} {self.language}")
        client = Client(headers={"host": "localhost", "accept-language": self.language})
        if self.who:
            users = apps.get_model(settings.AUTH_USER_MODEL)
            backend = "allauth.account.auth_backends.AuthenticationBackend"
            client.force_login(users.objects.get(email=f"{self.who}@demo.example"), backend=backend)
        return client

    def add(self, address, page="/"):
        """Look at an address later, where it is ours and in this language."""
        address = urljoin(page, address.replace("&amp;", "&").strip())
        parts = urlsplit(address)
        if parts.netloc == "localhost" or parts.netloc.startswith("localhost:"):
            address = parts.path + (f"?{parts.query}" if parts.query else "")
        address = address.split("#")[0]
        found = PREFIX.match(address)
        if not address.startswith("/") or address.startswith(("//", "/static/")) or address in self.seen:
            return
        if self.who and urlsplit(address).path.endswith(".pdf"):
            return  # half a second each, and only their number of pages is compared
        if (found and found[1] != self.language) or (parts.netloc and not found):
            return  # another walk's; or the address for readers of any language, which each page names in its head
        self.seen.add(address)
        if NEXT.search(address):
            if self.nexts[address.split("?")[0]] >= NEXTS:
                return
            self.nexts[address.split("?")[0]] += 1
        self.todo.append(address)

    def run(self, mailed):
        for seed in SEEDS:
            self.add(f"/{self.language}/{seed}")
        for seed in (*WITHOUT_LANGUAGE, *mailed):
            self.add(seed)
        self.follow()
        for address in unlinked(self.language, self.seen):
            self.add(address)
        self.follow()
        return sum(self.files.values())

    def follow(self):
        while self.todo and self.bound > 0:
            self.bound -= 1
            address = self.todo.popleft()
            self.lots.begin(f"{self.who} {address}")
            try:
                answer = self.client.get(address)
                content = b"".join(answer.streaming_content) if answer.streaming else answer.content
                kind, target = answer.get("Content-Type", ""), answer.get("Location", "")
                head, body = f"{answer.status_code} {target or kind}", "" if target else body_of(content, kind)
                links = LINK.findall(content.decode()) if kind.startswith("text/html") else []
                for link in [target, *(one or other for one, other in links)]:
                    self.add(link, address)
            except Exception as error:  # a page that fails is a result like another
                head, body, self.broken = f"500 {type(error).__name__}: {error}", "", self.broken + 1
            self.write(address, f"{without_secrets(head)}\n{body}")

    def write(self, address, words):
        path, _mark, query = without_secrets(address).partition("?")
        name = quote(PREFIX.sub("", path, count=1).strip("/"), safe="/") or "index"
        name += ("_" if path.endswith("/") else "") + (f"?{quote(query, safe='=&')}" if query else "")
        name = "/".join(part[:180] for part in name.split("/"))
        name = name if PREFIX.match(path) else f"-/{name}"
        self.files[name] += 1
        name += f"~{self.files[name]}" if self.files[name] > 1 else ""
        target = self.folder / f"{name}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(words)


def unlinked(language, seen):
    """Addresses of routes that no link led to, with arguments that other addresses of the same beginning have."""
    from django.urls import Resolver404, get_resolver, resolve
    from django.utils import translation

    children, reached = {}, set()
    with translation.override(LANGUAGES[language]):
        for address in sorted(seen):
            path = address.split("?")[0]
            parts = path.strip("/").split("/")
            for place, part in enumerate(parts):
                children.setdefault(tuple(parts[:place]), set()).add(part)
            try:
                reached.add(resolve(path).route)
            except Resolver404:
                continue
        for route in _routes(get_resolver().url_patterns):
            if route in reached or any(sign in route for sign in "^$()\\"):
                continue
            found = [()]
            for part in route.strip("/").split("/"):
                if "<" not in part:
                    found = [(*before, part) for before in found]
                    continue
                fits = re.compile("[^/]+".join(map(re.escape, PARAMETER.split(part)))).fullmatch
                found = [(*old, child) for old in found for child in sorted(children.get(old, ())) if fits(child)]
            ending, count = "/" if route.endswith("/") else "", 0
            for parts in found:
                address = "/" + "/".join(parts) + ending
                try:
                    fits = resolve(address).route == route and address not in seen
                except Resolver404:
                    fits = False
                if fits and count < UNLINKED:
                    count += 1
                    yield address


def _routes(patterns, before=""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route


def write_mails(out):
    """Every mail of the outbox as a file; the table is known by its columns. Returns the addresses in them."""
    from django.apps import apps

    columns = {"subject", "text", "html", "not_before", "address", "calendar"}
    tables = [m for m in apps.get_models() if columns <= {field.name for field in m._meta.get_fields()}]
    numbers, written = Counter(), []
    for row in tables[0].objects.order_by("pk"):
        group = f"{row.address}/{row.not_before:%Y-%m-%dT%H%M}"
        numbers[group] += 1
        facts = {name: getattr(row, name) for name in ("language", "code", "state", "calendar_method", "stop_address")}
        head = "".join(f"{name}: {value}\n" for name, value in facts.items())
        target = out / "mail" / f"{group}-{numbers[group]}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = f"{head}subject: {row.subject}\n\n{row.text}\n{row.calendar}\n".replace("\r\n", "\n")
        target.write_text(without_secrets(text) + fold(row.html))
        written += WRITTEN.findall(f"{row.text}\n{row.stop_address}")
    return list(dict.fromkeys(written)), sum(numbers.values())


def main(out, data, at, jobs, bound, people):
    import time_machine

    root, out = Path.cwd(), Path(out)
    sys.path[0] = str(root)
    lots = Lots()
    with time_machine.travel(at, tick=False):
        lots.begin("loading")
        load(root, data)
        mailed, mails = write_mails(out)
        print(f"{mails} mails", flush=True)
        from django.db import connections

        walks = [(who, language) for who in people for language in LANGUAGES]
        connections.close_all()
        gc.freeze()
        gc.set_threshold(50_000)
        children = []
        for job in range(jobs):
            if child := os.fork():
                children.append(child)
                continue
            status = 1
            try:
                _own_database(connections, Path(data), job)
                for who, language in walks[job::jobs]:
                    walk = Walk(who, language, out, lots, bound)
                    count = walk.run(mailed)
                    left = f", {len(walk.todo)} LEFT OUT" if walk.todo else ""
                    print(f"{who or 'visitor'} {language}: {count} pages, {walk.broken} broken{left}", flush=True)
                status = 0
            finally:
                sys.stdout.flush()
                os._exit(status)
        sys.exit(max(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children))


def _own_database(connections, data, job):
    """A copy for each process, so that none waits for another and sessions do not meet."""
    known = connections["default"].settings_dict
    known["NAME"] = shutil.copy(known["NAME"], data / f"walk-{job}.sqlite3")


if __name__ == "__main__":
    out, data, at, jobs, bound, people = sys.argv[1:]
    main(out, data, at, int(jobs), int(bound), [who if who != "visitor" else "" for who in people.split(",")])
