"""What is done when the machine lacks something is decided before anything is touched."""

from tests.tools.machine import Remedy, remedy


def test_a_complete_machine_is_left_alone() -> None:
    assert remedy([], root=True, apt=True) == Remedy()


def test_root_on_debian_installs_exactly_what_is_missing() -> None:
    found = remedy(["chromium", "gettext"], root=True, apt=True)

    assert found.commands == (
        ("apt-get", "update"),
        ("apt-get", "install", "-y", "--no-install-recommends", "chromium", "gettext"),
    )
    assert found.sentence == ""


def test_anybody_else_is_told_the_exact_command() -> None:
    found = remedy(["chromium"], root=False, apt=True)

    assert found.commands == ()
    assert (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium"
        in found.sentence
    )


def test_without_apt_the_names_are_given() -> None:
    found = remedy(["postgresql"], root=True, apt=False)

    assert found == Remedy(sentence="The tests need (by Debian's names): postgresql.")
