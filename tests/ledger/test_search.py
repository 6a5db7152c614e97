"""Chinese full text: any two characters that stand side by side in a text find it."""

from __future__ import annotations

import unicodedata

import pytest
from conftest import REGISTERED_ON, TODAY, assign, unit
from hypothesis import assume, example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from raw_ledger import contents, plain

from xfctl.domain.identity import Identity
from xfctl.domain.steps.correction import CorrectFact
from xfctl.domain.steps.relations import AddNote
from xfctl.ledger.search import find, query_of, searchable
from xfctl.ledger.verify import require_sound

ONE, TWO, THREE = "XF2026-0001", "XF2026-0002", "XF2026-0003"


@pytest.fixture
def search(office):
    """Look for words in the office's ledger."""

    def look(text: str, limit: int = 20) -> list[str]:
        with office.reading() as ledger:
            return find(ledger.connection, text, limit)

    return look


@pytest.mark.parametrize(
    "text",
    [
        "热水",
        "宿舍",
        "供应",
        "舍热",
        "水供",
        "热水供应",
        "宿舍热水供应",
        "热",
        "宿",
        "应",
        "热水 宿舍",
        "宿舍，供应",
        "供应 宿舍 热水",
        "「热水」",
        " 热水　",
    ],
)
def test_words_inside_a_run_of_chinese_are_found(office, search, text):
    office.register(ONE, summary="宿舍热水供应")
    office.register(TWO, summary="食堂饭菜价格")
    assert search(text) == [ONE]


@pytest.mark.parametrize(
    "text", ["水热", "热供", "宿热", "热水价格", "热水 价格", "冷水", "舍供应"]
)
def test_characters_that_do_not_stand_side_by_side_are_not_found(office, search, text):
    office.register(ONE, summary="宿舍热水供应")
    office.register(TWO, summary="食堂饭菜价格")
    assert search(text) == []


def test_words_do_not_reach_across_two_texts(office, search):
    office.register(ONE, summary="反映宿舍", demand="热水太少")
    assert search("舍热") == []
    assert search("宿舍热水") == []
    assert search("宿舍 热水") == [ONE]


@pytest.mark.parametrize(
    "text", ["", " ", "，。！", "\"'*():^-+", "\0", "\n\t", "_", "——", "……"], ids=repr
)
def test_nothing_to_look_for_finds_nothing(office, search, text):
    office.register(ONE, summary="宿舍热水供应")
    assert search(text) == []


SYNTAX = [
    "热水*",
    '"热水',
    '热水" OR "食堂',
    "热水 OR 食堂",
    "NOT 热水",
    "热水 NEAR(食堂)",
    "words: 热水",
    "{words} : 热水",
    "^热水",
    "热水 AND",
    "(热水",
    "热水) --",
    "热水'; DROP TABLE case_search; --",
    "热水 + 供应",
    "rank MATCH 热水",
]


@pytest.mark.parametrize("text", SYNTAX)
def test_the_syntax_of_the_index_is_nothing_but_words(office, search, text):
    office.register(ONE, summary="宿舍热水供应")
    office.register(TWO, summary="食堂饭菜价格")
    before = contents(office.path)
    assert set(search(text)) <= {ONE}, "never the matter that OR would add"
    assert contents(office.path) == before


@given(st.text(max_size=30))
def test_any_text_may_be_looked_for(text):
    """No text is an error of SQLite's; ``find`` needs only the index and the numbers."""
    with plain(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE case_search USING fts5(words)")
        connection.execute('CREATE TABLE "case" (id INTEGER, number TEXT, registered_on TEXT)')
        assert find(connection, text, 10) == []


# What office registers hold: Chinese of every plane that SQLite's tokenizer knows, digits, Latin.
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF, categories=["Lo"])
EXTENSION_A = st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF, categories=["Lo"])
EXTENSION_B = st.characters(min_codepoint=0x20000, max_codepoint=0x2A6D6, categories=["Lo"])
CHINESE = st.one_of(HAN, HAN, EXTENSION_A, EXTENSION_B, st.just("〇"))
MIXED = st.one_of(HAN, HAN, st.sampled_from("，。、 ０1Aa号第（）“”"))


def in_index(text: str, words: str) -> bool:
    """Whether words are found in a text, asked of SQLite's own index."""
    with plain(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(words, tokenize = 'unicode61')")
        connection.execute("INSERT INTO t VALUES (?)", (searchable(text),))
        query = query_of(words)
        found = connection.execute("SELECT count(*) FROM t WHERE t MATCH ?", (query,)).fetchone()
        return found == (1,)


@given(st.text(CHINESE, min_size=2, max_size=20), st.data())
@example("宿舍热水供应", None)
def test_any_two_characters_side_by_side_find_the_text(text, data):
    places = range(len(text) - 1)
    chosen = places if data is None else [data.draw(st.sampled_from(places))]
    for at in chosen:
        assert in_index(text, text[at : at + 2])


@given(st.text(CHINESE, min_size=1, max_size=20), st.data())
def test_any_single_character_and_any_longer_part_finds_the_text(text, data):
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    assert in_index(text, text[first])
    assert in_index(text, text[first:last])


@given(st.text(MIXED, min_size=2, max_size=20), st.data())
def test_two_chinese_characters_are_found_whatever_stands_around_them(text, data):
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    chinese = [pair for pair in pairs if all("\u4e00" <= each <= "\u9fff" for each in pair)]
    assume(chinese)
    assert in_index(text, data.draw(st.sampled_from(chinese)))


@given(st.text(HAN, min_size=2, max_size=12), st.text(HAN, min_size=2, max_size=4))
def test_words_that_are_not_in_the_text_do_not_find_it(text, words):
    """The text is NFKC-equal to itself here, so plain ``in`` is the judge."""
    text, words = unicodedata.normalize("NFKC", text), unicodedata.normalize("NFKC", words)
    assert in_index(text, words) == (words in text)


@pytest.mark.parametrize(
    "text", ["ABC", "abc", "ＡＢＣ", "ab", "2026", "２０２６", "202", "3号楼", "３号楼"]
)
def test_letters_and_digits_are_found_from_their_beginning_in_any_width(office, search, text):
    office.register(ONE, summary="关于ＡＢＣ系统和2026年3号楼")
    office.register(TWO, summary="食堂饭菜价格")
    assert search(text) == [ONE]


@pytest.mark.parametrize("text", ["BC", "026", "c"])
def test_letters_and_digits_are_not_found_from_their_middle(office, search, text):
    office.register("甲1", summary="关于ＡＢＣ系统和2026年3号楼")
    assert search(text) == []


def test_a_matter_is_found_by_its_number(office, search):
    for number in (ONE, TWO, THREE):
        office.register(number)
    assert search(TWO) == [TWO]
    assert search("xf2026-0002") == [TWO]


# What is looked through


def test_summary_demand_note_remarks_and_units_are_looked_through(office, search):
    office.add_units("U01")
    office.register(
        ONE, summary="宿舍热水供应", demand="延长时间", note="学生家长", assigned_to="U01"
    )
    with office.desk() as desk:
        desk.step(AddNote(number=ONE, on=TODAY, text="已与锅炉房沟通"))
    for words in ("热水", "延长", "家长", "锅炉", "虚构单位"):
        assert search(words) == [ONE]


def test_identities_are_never_found(office, search):
    who = Identity(
        name="欧阳虚构", phone="13900000000", id_number="62010119900101", address="兰州路"
    )
    office.register(ONE, summary="宿舍热水供应", identity=who)
    for words in (
        "欧阳",
        "虚构",
        "欧阳虚构",
        "13900000000",
        "139",
        "62010119900101",
        "兰州",
        "兰州路",
    ):
        assert search(words) == []
    assert "欧阳" not in repr(contents(office.path)["case_search"])


def test_a_matter_found_by_several_words_has_all_of_them(office, search):
    office.register(ONE, summary="宿舍热水供应")
    office.register(TWO, summary="宿舍空调安装")
    assert search("宿舍 热水") == [ONE]
    assert set(search("宿舍")) == {ONE, TWO}


# Order


def test_the_best_match_comes_first(office, search):
    long = "反映学校后勤管理的许多问题，其中提到热水，此外还有食堂、班车、教室、图书馆等方面的意见"
    office.register(ONE, summary=long)
    office.register(TWO, summary="热水")
    assert search("热水") == [TWO, ONE]


def test_of_equal_matches_the_newest_comes_first(office, search):
    office.register(ONE, summary="宿舍热水供应", on=REGISTERED_ON)
    office.register(TWO, summary="宿舍热水供应", on=TODAY)
    assert search("热水") == [TWO, ONE]


def test_no_more_are_listed_than_asked_for(office, search):
    for number in (ONE, TWO, THREE):
        office.register(number, summary="宿舍热水供应")
    assert len(search("热水", limit=2)) == 2


# The index follows the matter


def test_a_new_remark_is_found_and_what_was_there_stays(office, search):
    office.register(ONE, summary="宿舍热水供应")
    with office.desk() as desk:
        desk.step(AddNote(number=ONE, on=TODAY, text="锅炉房"))
    assert search("锅炉") == search("热水") == [ONE]
    assert len(contents(office.path)["case_search"]) == 1


def test_a_corrected_word_is_found_and_the_wrong_one_no_longer(office, search):
    office.register(ONE, summary="宿舍热水供应")
    with office.desk() as desk:
        seq = desk.case(ONE).history[0].seq
        desk.step(
            CorrectFact(
                number=ONE, on=TODAY, seq=seq, reason="笔误", changes={"summary": "宿舍冷气供应"}
            )
        )
    assert search("冷气") == [ONE]
    assert search("热水") == []


def test_a_corrected_unit_is_found_and_the_wrong_one_no_longer(office, search):
    with office.desk() as desk:
        desk.add_unit(unit("U01", name="后勤保障部"), REGISTERED_ON)
        desk.add_unit(unit("U02", name="研究生院"), REGISTERED_ON)
    office.register(ONE, summary="宿舍热水供应")
    with office.desk() as desk:
        desk.step(replace(assign(ONE, REGISTERED_ON, "U01"), unit_name="后勤保障部"))
        seq = desk.case(ONE).history[-1].seq
        changes = {"unit": "U02", "unit_name": "研究生院"}
        desk.step(CorrectFact(number=ONE, on=TODAY, seq=seq, reason="笔误", changes=changes))
    assert search("研究") == [ONE]
    assert search("后勤") == []


def test_many_changes_leave_a_sound_index(office, search):
    for number in (ONE, TWO, THREE):
        office.register(number, summary=f"宿舍热水供应{number}")
        for text in ("第一次", "第二次", "第三次"):
            with office.desk() as desk:
                desk.step(AddNote(number=number, on=TODAY, text=text))
    assert set(search("第二次")) == {ONE, TWO, THREE}
    with plain(office.path) as connection:
        connection.execute("INSERT INTO case_search (case_search) VALUES ('integrity-check')")
    with office.reading() as ledger:
        require_sound(ledger)
