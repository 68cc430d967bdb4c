"""The pictures of docs/gallery/ are those of its list, and small."""

import re

import pytest

from tests.render import gallery


def test_every_picture_is_shown_and_every_one_that_is_shown_is_there():
    shown = re.findall(r"\((.+?\.png)\)", (gallery.FOLDER / "README.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(path.name for path in gallery.FOLDER.glob("*.png"))
    assert len(shown) >= 12


def test_the_list_is_the_one_that_is_written():
    drawn = {path.stem for path in gallery.FOLDER.glob("*.png")}
    assert (gallery.FOLDER / "README.md").read_text(encoding="utf-8") == gallery.listed(drawn)


@pytest.mark.parametrize("path", sorted(gallery.FOLDER.glob("*.png")), ids=lambda path: path.stem)
def test_every_picture_is_small(path):
    assert path.stat().st_size <= gallery.LARGEST


def test_no_two_pictures_have_one_name():
    names = [each.name for each in (*gallery.PICTURES, *gallery.SCREENS)]
    assert len(names) == len(set(names))
