"""What `make check-render` says where something that it draws with is not installed."""

from tests.campaigns import ROOT
from tests.render import needs


def test_nothing_is_missing_where_everything_is_found(monkeypatch):
    monkeypatch.setattr(needs, "has", lambda _: True)
    assert needs.absent(lambda name: f"/usr/bin/{name}") == {}
    assert needs.sentences({}, has_font=True) == []


def test_any_of_the_chromiums_will_do(monkeypatch):
    monkeypatch.setattr(needs, "has", lambda _: True)
    assert needs.absent(lambda name: None if name == "chromium" else name) == {}


def test_half_of_a_package_is_not_enough(monkeypatch):
    monkeypatch.setattr(needs, "has", lambda _: True)
    missing = needs.absent(lambda name: None if name == "pdftoppm" else name)
    assert list(missing.values()) == ["poppler-utils"]


def test_the_sentence_names_what_is_missing_and_how_to_install_it():
    said = needs.sentences({"LibreOffice": "libreoffice-calc", "Chromium": "chromium"}, has_font=False)
    assert "LibreOffice, Chromium" in said[0]
    assert said[1] == "    sudo apt-get install -y libreoffice-calc chromium"


def test_without_our_font_it_says_what_is_not_looked_at():
    (said,) = needs.sentences({}, has_font=False)
    assert needs.FONT in said


def test_the_readme_and_the_checks_of_a_change_install_all_of_it(monkeypatch):
    monkeypatch.setattr(needs, "has", lambda _: False)
    everything = " ".join(needs.absent(lambda _: None).values())
    assert f"sudo apt-get install -y {everything}\n" in (ROOT / "README.md").read_text(encoding="utf-8")
    installs = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert [package for package in everything.split() if package not in installs] == []
