"""Tables of others: banners, headings, options wherever they lie, keys as declared; each refusal names its cell."""

import json
from collections.abc import Sequence

import pytest

from examsys.bank.formats.exchange import FileKind, Limits
from examsys.bank.formats.keys import KeyStyle
from examsys.bank.formats.reading import preview_tables
from examsys.bank.formats.tables import ColumnMapping, column_name
from examsys.domain.bank import Kind, Source
from tests.bank.formats.making import OPTIONS, STEM, fault, only, read, refusals, warnings, xlsx

HEAD = ("题型", "题干", "选项A", "选项B", "选项C", "选项D", "答案")
ROW = ("单选题", STEM, *OPTIONS, "A")


def csv_of(*rows: Sequence[str], by: str = ",") -> str:
    return "\n".join(by.join(row) for row in rows)


def test_banners_above_the_headings_empty_rows_and_repeated_headings_are_passed_over() -> None:
    table = [("某县驾校题库",), (), HEAD, ROW, (), HEAD, ("判断题", "雪天可以急刹车。", "", "", "", "", "错")]
    report = read(xlsx(table))
    assert [(reason.key, reason.place.row) for reason in report.passed_over] == [
        ("table.above_headings", 1),
        ("table.headings_again", 6),
    ]
    assert [outcome.place.row for outcome in report.outcomes] == [4, 7]
    assert report.counts["refused"] == 0
    assert [row.key for row in report.rows] == [frozenset("a"), frozenset(["wrong"])]


def test_sections_say_the_kind_of_what_is_below_them() -> None:
    head = HEAD[1:]
    report = read(
        xlsx([head, ("一、单选题（共1题）",), ROW[1:], ("二、判断题",), ("雪天可以急刹车。", "", "", "", "", "B")])
    )
    assert [reason.key for reason in report.passed_over] == ["table.section", "table.section"]
    assert [row.kind for row in report.rows] == [Kind.SINGLE, Kind.JUDGE]


def test_every_sheet_is_read_and_sheets_without_headings_are_named() -> None:
    content = xlsx([HEAD, ROW], 判断=[HEAD, ("判断题", "雪天可以急刹车。", "", "", "", "", "×")], 说明=[("请勿外传",)])
    report = read(content)
    assert [str(outcome.place) for outcome in report.outcomes] == ["f:2:Sheet1", "f:2:判断"]
    assert [(reason.key, reason.place.cell) for reason in report.passed_over] == [("table.no_headings", "说明")]
    chosen = read(content, mapping=ColumnMapping(sheets=("判断",)))
    assert chosen.counts["in"] == 1


def test_a_mapping_reads_a_table_without_headings() -> None:
    content = xlsx([("x", STEM, "\n".join(OPTIONS), 5)])
    assert fault(content) == "table.no_headings"
    mapping = ColumnMapping(
        {1: "zh", 2: "options_zh", 3: "key"}, keys=KeyStyle.BITS, defaults={"chapter": "road_rules", "families": "C1"}
    )
    row = only(content, mapping=mapping)
    assert (row.kind, row.key, row.chapter, row.families) == (Kind.MULTIPLE, frozenset("ac"), "road_rules", ("car",))


def test_the_preview_guesses_what_headings_mean() -> None:
    (preview,) = preview_tables(
        "f", xlsx([("题库",), ("序", "question", "option1", "option2", "option3", "answer", "explain"), ()])
    )
    assert preview.guess is not None
    assert preview.guess.heading_row == 2
    assert preview.guess.columns == {1: "zh", 2: "a_zh", 3: "b_zh", 4: "c_zh", 5: "key", 6: "explanation_zh"}
    assert preview.rows[0][0] == "题库"


@pytest.mark.parametrize(
    "cell",
    [
        "A.停车让行B.鸣喇叭；C.加速通过；D.掉头".replace("B.", " B."),
        "A、停车让行\nB、鸣喇叭\nC、加速通过\nD、掉头",
        "停车让行\n鸣喇叭\n加速通过\n掉头",
        "停车让行;鸣喇叭;加速通过;掉头",
        "停车让行；鸣喇叭；加速通过；掉头",
        "停车让行|鸣喇叭|加速通过|掉头",
        "Ａ．停车让行　Ｂ．鸣喇叭　Ｃ．加速通过　Ｄ．掉头",
        "(A)停车让行 (B)鸣喇叭 (C)加速通过 (D)掉头",
    ],
)
def test_options_in_one_cell(cell: str) -> None:
    row = only(xlsx([("题目", "选项", "答案"), (STEM, cell, "AD")]))
    assert [option.text.zh for option in row.options] == list(OPTIONS)
    assert row.key == frozenset("ad")


@pytest.mark.parametrize("between", ["\n", " ", "，"])
def test_options_in_the_stem_are_taken_out_and_warned_of(between: str) -> None:
    marked = between.join(f"{letter}、{text}" for letter, text in zip("ABCD", OPTIONS, strict=True))
    (outcome,) = read(xlsx([("题目", "答案"), (f"{STEM}{between}{marked}", "B")])).outcomes
    assert outcome.row is not None
    assert outcome.row.stem.zh.rstrip("，") == STEM
    assert [option.text.zh.rstrip("，") for option in outcome.row.options] == list(OPTIONS)
    assert warnings(outcome) == {"options.from_stem"}


def test_letters_of_a_class_in_a_stem_are_no_options() -> None:
    row = only(xlsx([("题目", "答案"), ("持A类驾驶证，B类车也可以驾驶。", "对")]))
    assert row.kind is Kind.JUDGE
    assert row.options == ()


def test_each_option_repeating_the_letter_of_its_column_loses_it() -> None:
    row = only(
        xlsx(
            [HEAD, ("单选题", STEM, *(f"{letter}. {text}" for letter, text in zip("ABCD", OPTIONS, strict=True)), "A")]
        )
    )
    assert [option.text.zh for option in row.options] == list(OPTIONS)


@pytest.mark.parametrize("with_id", [True, False])
def test_one_row_an_option(with_id: bool) -> None:
    head = ("题号", "题目", "选项文字", "是否正确")
    table = [head]
    for number, stem in enumerate((STEM, "高原行车应当注意什么？"), start=1):
        for place, option in enumerate(OPTIONS):
            first = place == 0
            right = "√" if place in (0, 2) else ""
            table.append((str(number) if with_id or first else "", stem if first else "", option, right))
    report = read(xlsx(table))
    assert report.counts["in"] == 2
    assert [outcome.place.row for outcome in report.outcomes] == [2, 6]
    assert [(row.kind, row.key, len(row.options)) for row in report.rows] == [(Kind.MULTIPLE, frozenset("ac"), 4)] * 2


def test_one_row_an_option_with_the_answer_beside_the_first() -> None:
    table = [("题目", "选项文字", "答案"), (STEM, OPTIONS[0], "C"), *(("", option, "") for option in OPTIONS[1:])]
    assert only(xlsx(table)).key == frozenset("c")


@pytest.mark.parametrize(
    ("row", "why", "cell"),
    [
        (("单选题", STEM, *OPTIONS, "AB"), "key.single_has_several", "Sheet1!G2"),
        (("单选题", STEM, *OPTIONS, ""), "key.missing", "Sheet1!G2"),
        (("单选题", STEM, *OPTIONS, "E"), "key.beyond_options", "Sheet1!G2"),
        (("单选题", STEM, *OPTIONS, 1), "key.numbers_undeclared", "Sheet1!G2"),
        (("单选题", STEM, *OPTIONS, "略"), "key.unreadable", "Sheet1!G2"),
        (("多选题", STEM, *OPTIONS, "A"), "key.multiple_has_one", "Sheet1!G2"),
        (("单选题", "", *OPTIONS, "A"), "stem.missing", "Sheet1!B2"),
        (("单选题", STEM, "停", "走", "", "", "A"), "options.too_few", "Sheet1!C2"),
        (("单选题", STEM, "停", "停", "走", "", "A"), "options.equal", "Sheet1!C2"),
        (("简答题", STEM, *OPTIONS, "A"), "kind.unsupported", "Sheet1!A2"),
        (("判断题", STEM, *OPTIONS, "A"), "options.not_of_judge", "Sheet1!C2"),
        (("判断题", STEM, "", "", "", "", "C"), "key.unreadable", "Sheet1!G2"),
    ],
)
def test_a_refusal_names_its_cell(row: Sequence[object], why: str, cell: str) -> None:
    (outcome,) = read(xlsx([HEAD, row])).outcomes
    assert [(reason.key, reason.place.row, reason.place.cell) for reason in outcome.refusals] == [(why, 2, cell)]


def test_more_than_six_options_are_refused() -> None:
    assert refusals(xlsx([("题目", "选项", "答案"), (STEM, "\n".join("甲乙丙丁戊己庚"), "A")])) == [
        "options.too_many",
        "key.beyond_options",
    ]


def test_a_gap_in_the_letters_is_warned_of_and_the_letters_hold() -> None:
    (outcome,) = read(xlsx([HEAD, ("单选题", STEM, "停", "", "走", "转", "C")])).outcomes
    assert outcome.row is not None
    assert [option.id for option in outcome.row.options] == ["a", "c", "d"]
    assert outcome.row.key == frozenset("c")
    assert warnings(outcome) == {"options.gap"}


@pytest.mark.parametrize(
    ("words", "key", "right"),
    [(("对", "错"), "A", "right"), (("错误", "正确"), "A", "wrong"), (("正确", "错误"), "错", "wrong")],
)
def test_a_judge_question_with_its_options_written_out(words: tuple[str, str], key: str, right: str) -> None:
    row = only(xlsx([HEAD, ("", "雪天可以急刹车。", *words, "", "", key)]))
    assert (row.kind, row.options, row.key) == (Kind.JUDGE, (), frozenset([right]))


def test_markup_entities_and_full_width_letters_become_plain_text_with_a_warning() -> None:
    stem = "<p>时速&nbsp;不得超过<b>６０</b>公里，&lt;图&gt;中<br/>所示？</p>"
    (outcome,) = read(xlsx([HEAD, ("单选题", stem, *OPTIONS, "Ａ")])).outcomes
    assert outcome.row is not None
    assert outcome.row.stem.zh == "时速 不得超过60公里，<图>中所示？"
    assert warnings(outcome) == {"text.markup_removed", "text.full_width"}


def test_what_only_looks_like_markup_stays() -> None:
    row = only(xlsx([HEAD, ("单选题", "车速<60且>30时，A&B应当？", *OPTIONS, "A")]))
    assert row.stem.zh == "车速<60且>30时，A&B应当？"


def test_words_of_the_trade_are_understood_and_unknown_ones_named() -> None:
    head = (*HEAD, "科目", "章节", "车型", "难度", "依据")
    known = (*ROW, "科目四", "紧急情况下避险常识", "C1,A2", "难", "《道路交通安全法》第四十七条；《实施条例》第三条")
    row = only(xlsx([head, known]))
    assert (row.subject, row.chapter, row.families, row.difficulty) == ("subject3", "emergencies", ("car", "truck"), 3)
    assert row.sources == (Source("道路交通安全法", "第四十七条"), Source("实施条例", "第三条"))
    (outcome,) = read(xlsx([head, (*ROW, "科目一", "第九章", "拖拉机", "7", "")])).outcomes
    unknown = [(reason.facts["text"], reason.place.cell) for reason in outcome.warnings if reason.key == "word.unknown"]
    assert unknown == [("第九章", "Sheet1!I2"), ("拖拉机", "Sheet1!J2"), ("7", "Sheet1!K2")]


def test_what_the_bank_still_needs_is_said_once_a_row() -> None:
    (outcome,) = read(xlsx([HEAD, ROW])).outcomes
    (reason,) = outcome.warnings
    assert (reason.key, reason.facts["fields"]) == ("row.incomplete", "科目、章节、适用车型、难度、依据、解析（汉文）")


def test_a_question_that_is_half_in_tibetan_is_warned_of() -> None:
    (outcome,) = read(xlsx([(*HEAD, "藏文题干"), (*ROW, "བོད།")])).outcomes
    assert "row.partly_tibetan" in warnings(outcome)


def test_tibetan_options_that_do_not_pair_are_refused() -> None:
    assert refusals(xlsx([("题目", "选项", "藏文选项", "答案"), (STEM, "\n".join(OPTIONS), "ཀ\nཁ", "A")])) == [
        "options.bo_differ"
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("by", [",", ";", "\t"])
def test_csv_in_every_encoding_with_every_delimiter(encoding: str, by: str) -> None:
    report = read(csv_of(HEAD, ROW, by=by).encode(encoding))
    assert report.kind is FileKind.CSV
    assert report.rows[0].stem.zh == STEM
    assert [option.text.zh for option in report.rows[0].options] == list(OPTIONS)


def test_tibetan_survives_gb18030() -> None:
    assert only(csv_of((*HEAD, "藏文题干"), (*ROW, "བོད་ཡིག")).encode("gb18030")).stem.bo == "བོད་ཡིག"


def test_cells_with_line_breaks_keep_rows_as_spreadsheets_count_them() -> None:
    report = read(
        csv_of(HEAD, ("单选题", '"遇到标志\r\n应当？"', *OPTIONS, "A"), ("单选题", "没有答案？", *OPTIONS, ""))
    )
    assert report.rows[0].stem.zh == "遇到标志应当？"
    assert [str(outcome.refusals[0].place) for outcome in report.outcomes if outcome.refusals] == ["f:3:G3"]


@pytest.mark.parametrize("stem", ['"注意"标志表示什么？', '"没有结束的引号，应当？'])
def test_a_quotation_mark_out_of_place_is_a_sign_of_its_own_line(stem: str) -> None:
    report = read(csv_of(HEAD, ROW, ("单选题", stem, *OPTIONS, "A"), ("单选题", "后面的一行应当？", *OPTIONS, "B")))
    assert [row.stem.zh for row in report.rows][1] == stem
    assert report.counts["in"] == 3


def test_bytes_of_no_encoding_are_refused() -> None:
    assert fault(b"\xff\x00\xfe\x80 \x80\x80,\xff") == "file.encoding"


def test_json_of_others_is_a_table_too() -> None:
    entries = [
        {
            "question": STEM,
            **{f"option{n}": text for n, text in enumerate(OPTIONS, 1)},
            "answer": 5,
            "id": 7,
            "url": None,
        }
    ]
    report = read(json.dumps({"reason": "ok", "result": entries}), mapping=ColumnMapping(keys=KeyStyle.BITS))
    assert report.kind is FileKind.JSON
    assert (report.rows[0].key, report.rows[0].id) == (frozenset("ac"), "7")
    assert refusals(json.dumps(entries)) == ["key.numbers_undeclared"]


def test_options_as_a_list_or_by_letter_in_json_of_others() -> None:
    as_list = [{"question": STEM, "options": list(OPTIONS), "answer": "B"}]
    by_letter = [{"question": STEM, "options": dict(zip("ABCD", OPTIONS, strict=True)), "answer": "B"}]
    for entries in (as_list, by_letter):
        assert [option.text.zh for option in only(json.dumps(entries)).options] == list(OPTIONS)


def test_formulas_count_with_the_value_that_was_kept_and_numbers_as_people_read_them() -> None:
    row = only(xlsx([HEAD, ("单选题", "最高时速是多少公里？", 30, 40.0, 50.5, True, "A")]))
    assert [option.text.zh for option in row.options] == ["30", "40", "50.5", "TRUE"]


def test_too_many_rows_are_refused_before_anything_is_taken() -> None:
    many = [HEAD, *[(ROW[0], f"{STEM}{number}", *ROW[2:]) for number in range(12)]]
    assert fault(xlsx(many), limits=Limits(rows=10)) == "file.too_many_rows"
    assert fault(csv_of(*many), limits=Limits(rows=10)) == "file.too_many_rows"


def test_a_text_that_is_too_long_is_refused_with_its_cell() -> None:
    (outcome,) = read(xlsx([HEAD, (ROW[0], STEM * 500, *ROW[2:])])).outcomes
    assert [(reason.key, reason.place.cell) for reason in outcome.refusals][0] == ("text.too_long", "Sheet1!B2")


def test_progress_is_told_and_ends_at_the_total() -> None:
    told: list[tuple[int, int]] = []
    read(
        xlsx([HEAD, *[(ROW[0], f"第{number}题：{STEM}", *ROW[2:]) for number in range(230)]]),
        progress=lambda *step: told.append(step),
    )
    assert told[0][1] == 0
    assert told[-1] == (230, 230)
    assert len(told) > 4


def test_columns_are_named_as_spreadsheets_name_them() -> None:
    assert [column_name(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
