"""The runs that are disturbed, each prepared once."""

import pytest

from tests.crash.calls import Call, unable
from tests.crash.scene import Scene, first_run, look_back, second_run


@pytest.fixture(scope="session")
def tracing() -> None:
    """Skips what needs strace, where it is absent or not allowed."""
    if unable():
        pytest.skip(unable())


@pytest.fixture(scope="session")
def first(tmp_path_factory) -> Scene:
    return first_run(tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="session")
def second(tmp_path_factory) -> Scene:
    return second_run(tmp_path_factory.mktemp("second"))


@pytest.fixture(scope="session")
def earlier(tmp_path_factory) -> Scene:
    return look_back(tmp_path_factory.mktemp("earlier"))


@pytest.fixture(scope="session")
def first_calls(first) -> tuple[Call, ...]:
    return first.calls()


@pytest.fixture(scope="session")
def second_calls(second) -> tuple[Call, ...]:
    return second.calls()
