"""A row that stands for a question of the bank may do to it what the editor may: nobody's change is lost, nothing comes back unseen."""

import io
import json
import time
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from examsys.bank.formats.exchange import FileKind, Row
from examsys.bank.formats.keys import KeyStyle
from examsys.bank.formats.tables import ColumnMapping
from examsys.bank.formats.writing import write_file
from examsys.bank.normal import edited
from examsys.desk import checks, finding, history, importing, service, taking
from examsys.desk.finding import Wanted
from examsys.desk.rows import Defaults
from examsys.desk.shelf import block_hash
from examsys.domain.bank import State, Text
from examsys.domain.desk import Deed
from examsys.domain.errors import RuleBroken
from tests.bank.written import SVG
from tests.desk.test_importing import CSV, DEFAULTS, press, read
from tests.factories import House
from tests.people import JAMTSO, YUNGDRUNG
from tests.supervision.desk import Desk

ONE, TWO = "s1-road-001", "s1-road-002"
NOTHING = Defaults()


def rows() -> dict[str, Row]:
    return {row.id: row for row in importing.export_rows([item.question for item in finding.find(Wanted())])}


def brought(house: House, *changed: Row) -> importing.Job:
    """The dry run of a file of our own with these rows."""
    return read(house, "题.json", write_file(changed, FileKind.JSON).content)


def told(job: importing.Job) -> list[list[str]]:
    assert job.report is not None
    return [[one.key for one in (*outcome.refusals, *outcome.warnings)] for outcome in job.report.outcomes]


def written(question_id: str) -> Any:
    return checks.workshop().question(question_id)


def saved_by_a_colleague(house: House, question_id: str = TWO) -> None:
    service.write(question_id, block_hash(written(question_id).block), {"difficulty": 1}, house.actor(JAMTSO))


def restarted(house: House, job: importing.Job) -> importing.Job:
    """The same job as another process finds it."""
    importing._jobs.clear()
    again = importing.job_of(job.job_id, house.actor(JAMTSO))
    while again.report is None:
        time.sleep(0.02)
    return again


def test_a_retired_question_is_refused_by_name_and_the_others_are_taken(desk: House) -> None:
    with desk.inside():
        service.do(Deed.RETIRE, TWO, "zh", "过时", desk.actor(YUNGDRUNG))
        job = brought(desk, *(replace(row, difficulty=3) for row in rows().values()))
        assert told(job) == [["duplicate.replaces"], ["bank.retired", "duplicate.replaces"]]
        assert taking.take(job, NOTHING, desk.actor(JAMTSO)) == (ONE,)
        assert written(TWO).question.state is State.RETIRED
    assert "须先由审核人恢复" in Desk.of(desk, JAMTSO).page(f"/desk/import/{job.job_id}").text


def test_a_question_changed_since_the_dry_run_is_named_and_nothing_is_taken_over(desk: House) -> None:
    with desk.inside():
        job = brought(desk, *(replace(row, difficulty=3) for row in rows().values()))
        saved_by_a_colleague(desk)
        with pytest.raises(RuleBroken, match="desk.import_changed") as refused:
            taking.take(job, NOTHING, desk.actor(JAMTSO))
        assert refused.value.facts == {"count": 1, "faults": [TWO]}
        assert [written(one).question.difficulty for one in (ONE, TWO)] == [1, 1]
        assert history.versions(ONE) == []


def test_a_question_retired_since_the_dry_run_stays_retired(desk: House) -> None:
    with desk.inside():
        job = brought(desk, replace(rows()[TWO], difficulty=3))
        service.do(Deed.RETIRE, TWO, "zh", "过时", desk.actor(YUNGDRUNG))
        with pytest.raises(RuleBroken, match="desk.import_changed"):
            taking.take(job, NOTHING, desk.actor(JAMTSO))
        assert written(TWO).question.state is State.RETIRED


@pytest.mark.parametrize("before", ["dry run", "restart"])
def test_the_dry_run_that_was_shown_counts_also_after_a_restart(desk: House, before: str) -> None:
    with desk.inside():
        job = brought(desk, replace(rows()[TWO], difficulty=3))
        if before == "restart":
            saved_by_a_colleague(desk)
        again = restarted(desk, job)
        if before == "restart":
            assert taking.changed_meanwhile(again) == [TWO]
            with pytest.raises(RuleBroken, match="desk.import_changed"):
                taking.take(again, NOTHING, desk.actor(JAMTSO))
        else:
            assert taking.take(again, NOTHING, desk.actor(JAMTSO)) == (TWO,)


def test_the_page_names_what_was_changed_and_the_file_read_anew_can_be_taken(desk: House) -> None:
    with desk.inside():
        job = brought(desk, replace(rows()[TWO], difficulty=3))
        saved_by_a_colleague(desk)
    browser, address = Desk.of(desk, JAMTSO), f"/desk/import/{job.job_id}"
    page = browser.page(address).text
    assert TWO in page
    assert "请重新读取文件" in page
    press(browser, address)
    assert "没有导入任何题目" in browser.page(address).text
    assert browser.post(f"{address}/again").status_code == 302
    while not browser.get(f"{address}/progress").get_json()["ready"]:
        time.sleep(0.02)
    press(browser, address)
    with desk.inside():
        assert written(TWO).question.difficulty == 3


def test_what_was_there_before_an_import_can_be_compared_with_it(desk: House) -> None:
    with desk.inside():
        before = written(TWO).block
        taking.take(brought(desk, replace(rows()[TWO], difficulty=3)), NOTHING, desk.actor(JAMTSO))
        newest, first = history.versions(TWO)
        assert (first.reason, first.block) == (history.CAME, before)
        assert "difficulty" in [change.field for change in history.difference(first.block, newest.block)]


def test_an_author_s_file_leaves_the_tibetan_as_it_is_and_says_so(desk: House) -> None:
    with desk.inside():
        row = rows()[ONE]
        job = brought(desk, replace(row, stem=Text("城市道路没有中心线时，最高时速为30公里。", "བོད་ཡིག")))
        assert "bank.tibetan_stays" in told(job)[0]
        taking.take(job, NOTHING, desk.actor(JAMTSO))
        assert written(ONE).question.stem == Text("城市道路没有中心线时，最高时速为30公里。", row.stem.bo)


def test_a_file_that_changes_only_the_tibetan_changes_nothing(desk: House) -> None:
    with desk.inside():
        row = rows()[ONE]
        job = brought(desk, replace(row, stem=Text(row.stem.zh, "")))
        assert told(job) == [["duplicate.unchanged"]]


def test_tibetan_and_recordings_of_an_option_stay_with_its_words_wherever_they_stand(desk: House) -> None:
    recording = {"language": "zh", "dialect": "mandarin", "file": "audio/a/b.ogg", "of": "0" * 64, "speaker": "x"}
    with desk.inside():
        shop = checks.workshop()
        options = [one.model_dump(exclude_none=True, exclude_defaults=True) for one in written(TWO).part.options]
        options[0]["audio"] = [{**recording, "day": "2026-01-02"}]
        with shop.writing():
            shop.replace(TWO, edited(written(TWO).block, {"options": options}))
        row = rows()[TWO]
        a, b, *others = row.options
        swapped = (replace(b, id="a", text=Text(b.text.zh, "")), replace(a, id="b", text=Text(a.text.zh, "")), *others)
        taking.take(brought(desk, replace(row, options=swapped, key=frozenset("b"))), NOTHING, desk.actor(JAMTSO))
        made = written(TWO).part.options
        assert [(option.zh, option.bo, len(option.audio)) for option in made[:2]] == [
            (b.text.zh, b.text.bo, 0),
            (a.text.zh, a.text.bo, 1),
        ]


def test_what_a_file_leaves_out_stays_as_the_bank_has_it(desk: House) -> None:
    with desk.inside():
        row = rows()[TWO]
        bare = replace(row, families=(), difficulty=0, sources=(), explanation=Text("", ""), subject="", chapter="")
        job = brought(desk, replace(bare, stem=Text("看到图中的标志应当怎样做？", "")))
        taking.take(job, NOTHING, desk.actor(JAMTSO))
        made = written(TWO).question
        assert (made.families, made.difficulty, made.sources, made.explanation) == (
            *(row.families, row.difficulty, row.sources, row.explanation),
        )


def test_somebody_else_s_import_is_read_again_for_nobody_but_its_owner(desk: House) -> None:
    with desk.inside():
        job = read(desk, "题.csv", CSV.encode())
        importing._jobs.clear()
        with pytest.raises(RuleBroken, match="desk.import_unknown"):
            importing.job_of(job.job_id, desk.actor(YUNGDRUNG))
        assert importing._jobs == {}


def test_what_the_columns_mean_is_known_after_a_restart(desk: House) -> None:
    numbers = "题型,题干,A,B,C,D,答案\n单选题,前方是学校应当怎样做？,减速,加速,鸣喇叭,停车,1\n"
    with desk.inside():
        job = read(desk, "题.csv", numbers.encode())
        importing.read_again(job, ColumnMapping(keys=KeyStyle.FROM_ZERO))
        while job.report is None:
            time.sleep(0.02)
        again = restarted(desk, job)
        assert again.report is not None
        assert [row.key for row in again.report.rows] == [{"b"}]


def test_of_two_readings_of_one_file_the_one_asked_for_last_counts(
    desk: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importing._read_whole

    def slow_at_first(job: importing.Job, mapping: ColumnMapping, bases: Any) -> importing.Reading:
        time.sleep(0.5 if mapping.keys is KeyStyle.FROM_ONE else 0)
        return real(job, mapping, bases)

    numbers = "题型,题干,A,B,C,D,答案\n单选题,前方是学校应当怎样做？,减速,加速,鸣喇叭,停车,1\n"
    with desk.inside():
        job = read(desk, "题.csv", numbers.encode())
        monkeypatch.setattr(importing, "_read_whole", slow_at_first)
        for style in (KeyStyle.FROM_ONE, KeyStyle.FROM_ZERO):
            importing.read_again(job, ColumnMapping(keys=style))
        time.sleep(1)
        assert job.report is not None
        assert [row.key for row in job.report.rows] == [{"b"}]


def test_two_pictures_that_are_called_alike_do_not_change_places(desk: House) -> None:
    red, blue = SVG.replace("#c00", "#c01"), SVG.replace("#c00", "#00c")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "题.csv",
            "题型,题干,A,B,C,D,答案,题图\n单选题,图中是什么颜色？,红色,蓝色,绿色,黄色,A,a b.svg\n"
            "单选题,图中的三角形是哪一种？,红,蓝,绿,黄,B,a_b.svg\n",
        )
        package.writestr("a b.svg", red)
        package.writestr("a_b.svg", blue)
    with desk.inside():
        taken = taking.take(read(desk, "题.zip", file.getvalue()), DEFAULTS, desk.actor(JAMTSO))
        folder = checks.workshop().folder / "media"
        shown = [(folder / written(one).question.media[0].path).read_text("utf-8") for one in taken]
        assert shown == [red, blue]


def test_of_two_pictures_that_look_alike_a_question_keeps_the_one_it_names(desk: House) -> None:
    folder = desk.settings.home / "bank/media"
    (folder / "signs/twin.svg").write_bytes((folder / "signs/stop.svg").read_bytes())
    described = (folder / "media.yaml").read_text("utf-8")
    (folder / "media.yaml").write_text(described + described.replace("signs/stop.svg", "signs/twin.svg"), "utf-8")
    with desk.inside():
        taking.take(brought(desk, replace(rows()[TWO], difficulty=3)), NOTHING, desk.actor(JAMTSO))
        assert [medium.path for medium in written(TWO).question.media] == ["signs/stop.svg"]


@pytest.mark.parametrize(
    "fields",
    [
        {"chapter": "../x"},
        {"chapter": ""},
        {"chapter.subject1": "road_rules"},
        {"chapter": "road_rules", "families": "plane"},
        {"chapter": "road_rules", "law": "法\n法"},
    ],
)
def test_a_take_over_made_by_hand_is_refused_and_takes_nothing(desk: House, fields: dict[str, str]) -> None:
    browser = Desk.of(desk, JAMTSO)
    with desk.inside():
        job = read(desk, "题.csv", CSV.encode())
    sent = {"families": "car", "law": "道路交通安全法", "article": "第一条", **fields}
    press(browser, f"/desk/import/{job.job_id}", **sent)
    with desk.inside():
        assert sorted(rows()) == [ONE, TWO]


def test_where_every_row_was_refused_there_is_nothing_to_take(desk: House) -> None:
    browser = Desk.of(desk, JAMTSO)
    with desk.inside():
        job = read(desk, "题.csv", "题型,题干,A,B,C,D,答案\n单选题,没有答案的题,甲,乙,丙,丁,\n".encode())
    assert browser.post(f"/desk/import/{job.job_id}/take", subject="subject1", chapter="road_rules").status_code == 302
    assert "没有可以导入的题目" in browser.page(f"/desk/import/{job.job_id}").text


@pytest.mark.parametrize("column", ["²", "9" * 5000, "-1", ""])
def test_a_column_that_is_no_number_is_passed_over(desk: House, column: str) -> None:
    browser = Desk.of(desk, JAMTSO)
    with desk.inside():
        job = read(desk, "题.csv", CSV.encode())
    answer = browser.post(
        f"/desk/import/{job.job_id}/map",
        **{f"column.0.{column}": "zh", f"column.{column}.0": "zh", "heading_row.0": column},
    )
    assert answer.status_code == 302


def test_half_a_character_in_a_json_is_refused(desk: House) -> None:
    with desk.inside():
        job = read(desk, "x.json", json.dumps([{"题干": "前方\ud800学校", "答案": "对"}]).encode())
        assert job.report is not None
        assert [fault.key for fault in job.report.faults] == ["json.unreadable"]
    assert Desk.of(desk, JAMTSO).get(f"/desk/import/{job.job_id}").status_code == 200


def test_a_picture_whose_file_is_missing_keeps_no_export_back(desk: House) -> None:
    (desk.settings.home / "bank/media/signs/stop.svg").unlink()
    for kind in FileKind:
        assert Desk.of(desk, JAMTSO).get(f"/desk/export?format={kind.value}").status_code == 200
