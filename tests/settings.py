"""The portal's own settings, made quick for tests: plain static addresses, a cheap password hash."""

from casa.settings import *  # noqa: F403
from casa.settings import INSTALLED_APPS, STORAGES

# Always there to be tested; tests/casa/test_demo.py proves what a portal is without it.
INSTALLED_APPS = [*(name for name in INSTALLED_APPS if name != "demo"), "demo"]
# Refuses two migrations after the same one: each app's newest is named in its max_migration.txt.
INSTALLED_APPS += ["django_linear_migrations"]
STORAGES = STORAGES | {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
ACCOUNT_RATE_LIMITS = False
# Factories write no journal; tests/project/test_page_cache.py turns it on.
CASA_PAGE_CACHE = False
