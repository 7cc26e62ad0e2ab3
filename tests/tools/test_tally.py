"""The account at the end counts every test once and hides nothing that was not run."""

from pathlib import Path

from tests.tools.tally import Tally

REPORT = """<testsuites><testsuite>
<testcase classname="tests.a" name="test_holds"/>
<testcase classname="tests.a" name="test_breaks"><failure message="no"/></testcase>
<testcase classname="tests.a" name="test_breaks"><error message="nor tidies up"/></testcase>
<testcase classname="tests.b" name="test_waits">
  <skipped type="pytest.skip" message="no real messages here"/>
</testcase>
</testsuite></testsuites>"""


def test_a_report_is_counted_test_by_test(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(REPORT)
    tally = Tally()

    tally.add("sqlite", tmp_path / "report.xml")

    assert str(tally) == "1 passed, 1 failed, 1 skipped"


def test_what_was_not_run_is_named_under_its_reason(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(REPORT)
    tally = Tally()

    tally.add("sqlite", tmp_path / "report.xml")
    tally.add("postgres", tmp_path / "report.xml")

    assert tally.lines() == [
        "  no real messages here",
        "      tests.b::test_waits (sqlite)",
        "      tests.b::test_waits (postgres)",
    ]


def test_what_asks_no_database_is_counted(tmp_path: Path) -> None:
    told = '<properties><property name="pure" value="yes"/></properties>'
    (tmp_path / "report.xml").write_text(
        REPORT.replace('name="test_holds"/>', f'name="test_holds">{told}</testcase>')
    )
    tally = Tally()

    tally.add("sqlite", tmp_path / "report.xml")

    assert tally.pure == 1


def test_a_run_that_ends_without_a_report_has_failed(tmp_path: Path) -> None:
    tally = Tally()

    tally.add("sqlite", tmp_path / "missing.xml")

    assert str(tally) == "0 passed, 1 failed, 0 skipped"
