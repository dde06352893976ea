"""Before the first release each app has one migration, made anew with its models; afterwards each follows one other."""

import pytest

from tests.project.sources import APPS, ROOT

WITH_MIGRATIONS = [name for name in APPS if (ROOT / name / "migrations").is_dir()]


@pytest.mark.parametrize("app", WITH_MIGRATIONS)
def test_an_app_has_one_initial_migration(app):
    """After the release this one goes; `max_migration.txt` and its check remain (django-linear-migrations)."""
    folder = ROOT / app / "migrations"
    assert [path.name for path in folder.glob("[0-9]*.py")] == ["0001_initial.py"]
    assert (folder / "max_migration.txt").read_text(encoding="utf-8").strip() == "0001_initial"
