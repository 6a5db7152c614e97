"""The files of the ladder: what does not load and why, and which version holds on which day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib.resources import files

import pytest
from account_lives import Life

from xfctl.domain.classification import Severity
from xfctl.errors import RuleRefusedError
from xfctl.intake.dates import EARLIEST_YEAR, LATEST_YEAR
from xfctl.regulation.clocks import clocks
from xfctl.regulation.errors import RegulationError
from xfctl.regulation.ladder import Article, articles, ladder, load_articles
from xfctl.regulation.source import SHIPPED, RuleFiles, judged_under

DAY = timedelta(days=1)
FOLDER = files("xfctl.regulation") / "ladder"
TEXTS = {
    entry.name: entry.read_text(encoding="utf-8")
    for entry in FOLDER.iterdir()
    if entry.name.endswith(".toml")
}
NUMBERS = ("13", "14", "15", "16", "17", "18")


def changed(number: str, *pairs: tuple[str, str]) -> dict[str, str]:
    """The files with one article's text changed; each text to change is there exactly once."""
    name = f"article_{number}.toml"
    text = TEXTS[name]
    for old, new in pairs:
        assert old in text, f"{name} has no {old!r}"
        text = text.replace(old, new, 1)
    return TEXTS | {name: text}


def later(number: str, day: str, *pairs: tuple[str, str]) -> dict[str, str]:
    """The files with a second version of an article, in force from a day, with other words."""
    name = f"article_{number}.toml"
    _, mark, version = TEXTS[name].partition("[[version]]")
    for old, new in (("effective = 1949-01-01", f"effective = {day}"), *pairs):
        assert old in version, f"{name} has no {old!r}"
        version = version.replace(old, new, 1)
    return TEXTS | {name: f"{TEXTS[name]}\n{mark}{version}"}


# --- What does not load ----------------------------------------------------------------------------

FAULTS = [
    # article, old text, new text, key, what is wrong
    ("16", "[[version]]", "[[version]", "", "不是 TOML"),
    ("16", 'title = "通报，限期整改"', "", "title", "没有写"),
    ("16", 'title = "通报，限期整改"', 'title = ""', "title", "没有写"),
    ("16", 'article = "细则 16"', "", "article", "没有写"),
    ("16", 'article = "细则 16"', "article = 16", "article", "须是文字"),
    ("16", "source = ", "quelle = ", "source", "没有写"),
    ("16", "checked = 2026-11-25", "", "checked", "没有写"),
    ("16", "checked = 2026-11-25", 'checked = "2026-11-25"', "checked", "须是日期"),
    ("16", "effective = 1949-01-01", "", "effective", "没有写"),
    (
        "16",
        "effective = 1949-01-01",
        "effective = 1949-01-01T08:00:00",
        "effective",
        "须是日期",
    ),
    ("16", "summary = ", "resume = ", "summary", "没有写"),
    ("16", 'measures = ["14(3)"]', "measures = []", "measures", "没有写"),
    ("16", 'measures = ["14(3)"]', "measures = [3]", "measures", "须是文字"),
    ("16", 'measures = ["14(3)"]', 'measures = ["14(7)"]', "measures", "「14(7)」没有定义"),
    ("16", 'combined_with = ["14(1)"', 'combined_with = ["14(9)"', "measures", "「14(9)」没有定义"),
    ("16", "rectification = true", 'rectification = "ja"', "rectification", "须是true 或 false"),
    ("16", "rectification = true", "rectification = 1", "rectification", "须是true 或 false"),
    ("16", "rectification = true", "rectify = true", "rectify", "不是这里认识的项"),
    ("16", 'situations = "13"', 'situations = "12"', "entry", "「12」没有定义"),
    ("16", 'situations = "13"', "", "entry", "须写 situations 或 unrectified"),
    (
        "16",
        'situations = "13"',
        'situations = "13"\nunrectified = "15"',
        "entry",
        "须写 situations 或 unrectified",
    ),
    ("16", 'severity = "light"', 'schwere = "light"', "schwere", "不是这里认识的项"),
    ("17", 'unrectified = "16"', 'unrectified = "19"', "entry", "「19」没有定义"),
    ("14", 'key = "leader"', 'key = "chef"', "measure", "「leader」没有定义"),
    ("14", 'decided_by = ["school_office"]', "decided_by = []", "decided_by", "没有写"),
    (
        "14",
        'decided_by = ["school_office"]',
        'decided_by = ["dean"]',
        "measure",
        "「dean」没有定义",
    ),
    ("14", 'clock = "explanation"', "clock = 7", "clock", "须是文字"),
    ("14", 'clock = "explanation"', "uhr = 7", "uhr", "不是这里认识的项"),
    ("15", 'measure = "14(2)"', 'measure = "14(8)"', "only", "「14(8)」没有定义"),
    ("15", 'roles = ["direct"]', 'roles = ["guilty"]', "only", "「guilty」没有定义"),
    ("15", "leaders = true", "chefs = true", "chefs", "不是这里认识的项"),
    ("13", 'nature = "collective"', "", "nature", "没有写"),
    ("13", 'bearers = ["took_part"]', "bearers = []", "bearers", "没有写"),
    ("13", 'label = "决策失误、失职引发信访"', "", "label", "没有写"),
    ("13", 'key = "13(2)"', 'key = "13(1)"', "key", "「13(1)」用了两次"),
    ("13", 'key = "direct"', 'key = "leading"', "key", "「leading」用了两次"),
    ("14", 'key = "14(2)"', 'key = "14(1)"', "key", "「14(1)」用了两次"),
    ("16", 'severity = "light"', 'severity = "mild"', "severity", "不认识「mild」"),
    ("13", 'nature = "collective"', 'nature = "both"', "nature", "不认识「both」"),
    ("13", 'bearers = ["took_part"]', 'bearers = ["nobody"]', "bearers", "不认识「nobody」"),
    ("14", 'clock = "explanation"', 'clock = "feedback"', "clock", "不认识「feedback」"),
    ("13", 'grounds = ["2", "5"]', "grounds = [2, 5]", "grounds", "须是文字"),
]


@pytest.mark.parametrize(("number", "old", "new", "key", "reason"), FAULTS)
def test_a_bad_file_does_not_load_and_says_where(
    number: str, old: str, new: str, key: str, reason: str
) -> None:
    with pytest.raises(RegulationError) as fault:
        load_articles(changed(number, (old, new)))
    assert (fault.value.file, fault.value.key) == (f"article_{number}.toml", key)
    assert reason in str(fault.value)
    assert line_is_meant(changed(number, (old, new))[fault.value.file], fault.value)


def line_is_meant(text: str, fault: RegulationError) -> bool:
    """The line holds the key or the word that is told, or heads the table where it is missing."""
    line = text.splitlines()[fault.line - 1]
    words = re.findall("「(.+?)」", fault.reason)
    told = (fault.key, *words, "[[", "title") if fault.key else ("[[version]",)
    return (fault.key == "title" and fault.line == 1) or any(each in line for each in told)


def test_a_file_that_is_missing_is_missed_by_those_that_name_its_contents() -> None:
    for number, missed in (("13", "article_15.toml"), ("14", "article_15.toml")):
        left = {name: text for name, text in TEXTS.items() if name != f"article_{number}.toml"}
        with pytest.raises(RegulationError, match=missed):
            load_articles(left)


def test_an_article_without_versions_does_not_load() -> None:
    with pytest.raises(RegulationError, match="version：没有写"):
        load_articles(TEXTS | {"article_16.toml": 'title = "示例"\n'})


@pytest.mark.parametrize("day", ["1948-12-31", "1949-01-01"])
def test_the_dates_of_versions_must_rise(day: str) -> None:
    with pytest.raises(
        RegulationError, match=r"article_16.toml 第 [0-9]+ 行：effective：.*由早到晚"
    ):
        load_articles(later("16", day))


def test_a_reference_must_hold_on_every_day_that_a_version_begins() -> None:
    """A measure struck from a later 14 leaves 16 hanging from that day on."""
    text = later("14", "2030-01-01", ('key = "14(3)"', 'key = "14(7)"'))
    with pytest.raises(
        RegulationError, match=r"article_16.toml 第 9 行：measures：「14\(3\)」没有定义"
    ):
        load_articles(text)


def test_the_files_are_sound_and_bear_their_articles_numbers() -> None:
    assert [each.number for each in load_articles(TEXTS)] == list(NUMBERS)
    for each in articles():
        for version in each.versions:
            assert version.article == f"细则 {each.number}"
            assert "实施细则 第" in version.source
            assert version.effective < version.checked


# --- Versions in time ------------------------------------------------------------------------------


def test_every_article_is_in_force_on_every_day_from_its_first_version_on() -> None:
    first, last = date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31)
    for each in articles():
        assert each.in_force(first) is each.versions[0]
        assert each.in_force(first - DAY) is None
        assert each.in_force(last) is each.versions[-1]
    for n in range(0, (last - first).days, 31):
        rules = ladder(first + n * DAY)
        assert tuple(rules.rungs) == NUMBERS[2:]
        assert (len(rules.situations), len(rules.measures)) == (12, 6)


# A future 16 that also takes 13 situations without looking at their severity, as a revision might.
REVISED = later(
    "16",
    "2026-07-01",
    ('article = "细则 16"', 'article = "细则 16（2026）"'),
    ('severity = "light"', 'severity = "grave"'),
)


@pytest.fixture(scope="module")
def revised() -> tuple[Article, ...]:
    return load_articles(REVISED)


@pytest.mark.parametrize(
    ("on", "article"),
    [
        ("1949-01-01", "细则 16"),
        ("2026-06-30", "细则 16"),
        ("2026-07-01", "细则 16（2026）"),
        ("2026-07-02", "细则 16（2026）"),
        ("9999-12-31", "细则 16（2026）"),
    ],
)
def test_two_versions_switch_on_the_day_of_the_second(
    on: str, article: str, revised: tuple[Article, ...]
) -> None:
    day = date.fromisoformat(on)
    assert ladder(day, revised).rungs["16"].article == article
    assert ladder(day, revised).rungs["17"].article == "细则 17", "the others stay as they were"


def test_one_version_holds_on_each_day_and_there_is_no_gap(revised: tuple[Article, ...]) -> None:
    sixteen = next(each for each in revised if each.number == "16")
    start = date(2026, 1, 1)
    found = [sixteen.in_force(start + n * DAY) for n in range(365)]
    assert found == [sixteen.versions[0]] * 181 + [sixteen.versions[1]] * 184


@pytest.mark.parametrize(
    ("in_question", "opened"),
    [("2026-06-30", "17"), ("2026-07-01", "16")],
)
def test_a_proposal_is_judged_under_the_rules_of_the_day_in_question(
    in_question: str, opened: str
) -> None:
    """细则 22: proposed on one and the same day, over what was done before and after a revision.

    Before it a grave case is one of 17; after it, 17 opens too, but 16 is open besides.
    """
    day = date.fromisoformat(in_question)
    grave = {"on": date(2026, 8, 3), "day_in_question": day, "severity": Severity.GRAVE}
    rules = RuleFiles(lambda folder: REVISED if folder == "ladder" else SHIPPED.texts(folder))
    with judged_under(lambda: rules):
        assert Life().propose(**grave).state.entry.rung == "17"
        if opened == "16":
            assert Life().propose(**grave, rung="16").state.entry.rung == "16"
        else:
            with pytest.raises(RuleRefusedError, match="不符合细则 16的条件"):
                Life().propose(**grave, rung="16")


def test_an_article_that_begins_later_is_no_rung_before() -> None:
    known = load_articles(changed("18", ("effective = 1949-01-01", "effective = 2027-01-01")))
    assert tuple(ladder(date(2026, 12, 31), known).rungs) == ("15", "16", "17")
    assert tuple(ladder(date(2027, 1, 1), known).rungs) == ("15", "16", "17", "18")


def test_what_a_measure_makes_someone_owe_is_a_clock_that_is_known() -> None:
    for measure in ladder(date.max).measures.values():
        assert measure.clock is None or measure.clock in clocks()


def test_the_severities_of_the_entries_are_those_an_officer_may_write() -> None:
    known = {each.value for each in Severity} | {None}
    for rung in ladder(date.max).rungs.values():
        assert {each.severity for each in rung.entries} <= known


def test_the_ladder_of_a_day_is_that_of_the_files() -> None:
    life = Life().propose()
    assert life.state.entry.rung == "16"
    assert ladder(date.max) == ladder(date.max, load_articles(TEXTS))
