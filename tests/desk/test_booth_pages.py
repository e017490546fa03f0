"""The pages about recordings over HTTP: booth, clips, ZIP, hearing, coverage, the editor's list."""

import io
import json
import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from examsys.desk import booth, booth_views, clip_jobs, clips, consent, recordings, speakers
from examsys.domain.spoken import Condition
from tests.accounts.desk import Desk
from tests.desk.sounds import packed, tone
from tests.desk.test_booth import TODAY, condition, keep, sound, studio, words_of  # noqa: F401
from tests.desk.test_work import ONE, TWO, stamped  # noqa: F401
from tests.factories import SVG, House
from tests.people import JAMTSO, RINCHEN, YUNGDRUNG, ZHANGMING

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def send(desk: Desk, text: str, of: str, content: bytes, voice: str = "kham-01", **more: str) -> tuple[int, Any]:
    """A clip as the booth's script sends it."""
    fields = {"text": text, "speaker": voice, "of": of, "clip": (io.BytesIO(content), "clip"), **more}
    headers = {"X-CSRF-Token": desk.token(), "Accept": "application/json"}
    answer = desk.client.post("/desk/booth/clips", headers=headers, **large(**fields))
    return answer.status_code, json.loads(answer.get_data())


def large(**fields: Any) -> dict[str, Any]:
    """A large form for the test client, which would leave a file open behind it."""
    sent = {name: FileStorage(*value) if isinstance(value, tuple) else value for name, value in fields.items()}
    stream, _, boundary = stream_encode_multipart(sent, use_tempfile=False)
    return {"data": stream.read(), "content_type": f'multipart/form-data; boundary="{boundary}"'}


def of(house: House, text: str) -> str:
    with house.inside():
        return words_of(text)


def test_the_booth_hands_its_script_what_waits_and_nothing_without_consent(studio: House) -> None:  # noqa: F811
    desk = Desk(studio.app, RINCHEN)
    page = desk.page("/desk/booth?speaker=kham-01")
    assert "康方言：还有 6 条文字待朗读" in page.text
    assert [one["id"] for one in json.loads(page.data["data"])["queue"]][:2] == [f"{ONE}.stem", f"{TWO}.stem"]
    assert "data" not in desk.page("/desk/booth?speaker=kham-03").data
    assert "data" not in desk.page("/desk/booth").data
    assert desk.page("/desk/booth?speaker=nobody").data == {}


def test_the_answer_to_a_clip_says_where_it_lies_and_whether_it_was_levelled(studio: House) -> None:  # noqa: F811
    desk = Desk(studio.app, RINCHEN)
    status, told = send(desk, f"{ONE}.stem", of(studio, f"{ONE}.stem"), tone())
    assert (status, told["levelled"]) == (200, False)
    assert (studio.settings.home / "bank/media" / told["file"]).read_bytes() == tone()
    answer = desk.client.get(f"/desk/recordings/{told['file']}")
    assert (answer.status_code, answer.mimetype, answer.get_data()) == (200, "audio/wav", tone())


def test_a_clip_that_waited_in_a_browser_bears_the_day_on_which_it_was_spoken(studio: House) -> None:  # noqa: F811
    desk = Desk(studio.app, RINCHEN)
    texts = [f"{ONE}.stem", f"{TWO}.stem"]
    for text, ago in zip(texts, ("0", str(3 * 86_400)), strict=True):
        assert send(desk, text, of(studio, text), tone(), ago=ago)[0] == 200
    with studio.inside():
        days = [recordings.parts_of(recordings.text_of(text)[0])[0][0].day for text in texts]
    assert (days[0] - days[1]).days == 3


def test_a_clip_kept_in_the_browser_is_never_taken_under_another_account(studio: House) -> None:  # noqa: F811
    text = f"{ONE}.stem"
    desk = Desk(studio.app, RINCHEN)
    account = json.loads(desk.page("/desk/booth?speaker=kham-01").data["data"])["account"]
    status, told = send(Desk(studio.app, JAMTSO), text, of(studio, text), tone(), account=account)
    assert (status, told["type"]) == (403, "audio.other_account")
    with studio.inside():
        assert condition(text) is Condition.MISSING
    assert send(desk, text, of(studio, text), tone(), account=account)[0] == 200


def test_who_comes_second_to_a_text_is_told_who_was_first(studio: House) -> None:  # noqa: F811
    text, desk = f"{ONE}.stem", Desk(studio.app, RINCHEN)
    assert send(desk, text, of(studio, text), tone())[1]["instead"] is False
    status, told = send(desk, text, of(studio, text), tone(500), "kham-02")
    assert (status, told["type"]) == (409, "audio.recorded")
    assert "kham-01" in told["title"]


@pytest.mark.parametrize(
    ("text", "content", "status"),
    [
        (f"{ONE}.stem", SVG.encode(), 422),
        (f"{ONE}.stem", b"", 422),
        (f"{ONE}.stem", tone() + bytes(clips.LARGEST - 5_000), 413),
        ("s1-road-777.stem", tone(), 404),
        ("../../etc/passwd", tone(), 404),
    ],
)
def test_what_is_refused_is_a_problem_with_a_sentence_and_leaves_nothing(
    studio: House,  # noqa: F811
    text: str,
    content: bytes,
    status: int,
) -> None:
    got, told = send(Desk(studio.app, RINCHEN), text, of(studio, f"{ONE}.stem"), content)
    assert got == status
    assert told["title"]
    assert not (studio.settings.home / "bank/media/audio").exists()


def test_a_clip_of_old_words_is_refused(studio: House) -> None:  # noqa: F811
    assert send(Desk(studio.app, RINCHEN), f"{ONE}.stem", "0" * 64, tone())[0] == 409


@pytest.mark.parametrize(
    "path", ["signs/stop.svg", "media.yaml", "../bank.lock", "audio/../media.yaml", "audio/kham/none.wav", "audio"]
)
def test_only_recordings_are_served_as_recordings(studio: House, path: str) -> None:  # noqa: F811
    assert Desk(studio.app, RINCHEN).status(f"/desk/recordings/{path}") == 404


def test_a_zip_larger_than_other_forms_is_taken_with_its_report(studio: House) -> None:  # noqa: F811
    desk = Desk(studio.app, RINCHEN)
    ballast = {f"note{number}.txt": bytes(1_000_000) for number in range(3)}
    content = packed(**{f"{ONE}.stem.bo.kham.wav": tone(), **ballast}).getvalue()
    padded = io.BytesIO(
        bytes(5_000_000) + content
    )  # a ZIP may begin anywhere; this one is beyond what other forms may send
    form = large(csrf_token=desk.token(), speaker="kham-01", zip=(padded, "clips.zip"))
    report = _sent(desk, form)
    assert "共 4 个文件，导入 1 个，拒收 3 个" in report
    assert "按原样保存" in report
    assert not list((studio.settings.home / "imports").glob("*.zip"))


def _sent(desk: Desk, form: dict[str, Any]) -> str:
    """Send a ZIP, wait for its end, read the report."""
    address = desk.client.post("/desk/booth/zip", **form).headers["Location"]
    job = clip_jobs._jobs._jobs[address.rpartition("/")[2]]
    assert job.over.wait(20)
    assert desk.client.get(f"{address}/progress").get_json() == {"done": job.done, "total": job.total, "ready": True}
    return desk.page(address).text


def test_what_is_no_zip_is_said_on_its_page_and_a_stranger_s_job_is_not_shown(studio: House) -> None:  # noqa: F811
    desk = Desk(studio.app, RINCHEN)
    form = large(csrf_token=desk.token(), speaker="kham-01", zip=(io.BytesIO(b"no ZIP"), "clips.zip"))
    assert "ZIP" in _sent(desk, form)
    job = next(reversed(clip_jobs._jobs._jobs))
    assert clip_jobs._jobs._jobs[job].refused
    assert Desk(studio.app, JAMTSO).client.get(f"/desk/booth/zip/{job}").status_code == 404
    assert desk.client.get("/desk/booth/zip/none/progress").status_code == 404


def test_while_a_zip_is_taken_its_page_shows_how_far_it_is(
    studio: House,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk, go_on = Desk(studio.app, RINCHEN), threading.Event()
    keep = booth.keep

    def slowly(*asked: Any) -> booth.Kept:
        kept = keep(*asked)
        if asked[0].endswith(".b"):
            assert go_on.wait(20)
        return kept

    monkeypatch.setattr(booth, "keep", slowly)
    files = {f"{TWO}.{place}.bo.kham.wav": tone(300 + number) for number, place in enumerate("ab")}
    form = large(csrf_token=desk.token(), speaker="kham-01", zip=(packed(**files), "clips.zip"))
    address = desk.client.post("/desk/booth/zip", **form).headers["Location"]
    deadline = time.monotonic() + 20
    while desk.client.get(f"{address}/progress").get_json()["done"] < 1 and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    assert desk.client.get(f"{address}/progress").get_json() == {"done": 1, "total": 2, "ready": False}
    assert "录音" in desk.page(address).text
    go_on.set()
    assert clip_jobs._jobs._jobs[address.rpartition("/")[2]].over.wait(20)
    assert "共 2 个文件，导入 2 个，拒收 0 个" in desk.page(address).text


def test_nobody_sends_a_large_body_before_signing_in_nor_more_than_the_limit(
    studio: House,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stranger = Desk(studio.app)
    form = large(zip=(io.BytesIO(bytes(5_000_000)), "clips.zip"))
    assert stranger.client.post("/desk/booth/zip", **form).status_code == 401
    desk = Desk(studio.app, RINCHEN)
    view = studio.app.view_functions["desk.take_zip"]
    monkeypatch.setattr(view, "guard", replace(view.guard, largest=4_000_000))  # type: ignore[attr-defined]
    form = large(csrf_token=desk.token(), zip=(io.BytesIO(bytes(5_000_000)), "clips.zip"))
    assert desk.client.post("/desk/booth/zip", **form).status_code == 413


def test_a_second_speaker_listens_approves_and_goes_on(studio: House) -> None:  # noqa: F811
    with studio.inside():
        files = {
            text: keep(studio, text, content=tone(pitch))
            for pitch, text in ((300, f"{ONE}.stem"), (310, f"{TWO}.stem"))
        }
    desk = Desk(studio.app, JAMTSO)
    page = desk.page("/desk/hearing")
    assert "有 2 段录音待您审听" in page.text
    fields = {"text": f"{ONE}.stem", "dialect": "kham", "file": files[f"{ONE}.stem"]}
    page = desk.do("/desk/hearing/approve", **fields)
    assert "有 1 段录音待您审听" in page.text
    fields = {"text": f"{TWO}.stem", "dialect": "kham", "file": files[f"{TWO}.stem"], "reason": "杂音太大"}
    page = desk.do("/desk/hearing/send-back", **fields)
    assert "没有待您审听的录音" in page.text
    with studio.inside():
        assert (condition(f"{ONE}.stem"), condition(f"{TWO}.stem")) == (Condition.SOUNDS, Condition.MISSING)
    queue = json.loads(Desk(studio.app, RINCHEN).page("/desk/booth?speaker=kham-01").data["data"])["queue"]
    assert [one["told"] for one in queue if one["id"] == f"{TWO}.stem"] == ["杂音太大"]


def test_who_is_no_speaker_is_told_so_and_approves_nothing(studio: House) -> None:  # noqa: F811
    with studio.inside():
        file = keep(studio, f"{ONE}.stem")
    fields = {"text": f"{ONE}.stem", "dialect": "kham", "file": file}
    assert Desk(studio.app, YUNGDRUNG).post("/desk/hearing/approve", **fields).status_code == 403
    page = Desk(studio.app, RINCHEN).do("/desk/hearing/approve", **fields)  # took it
    assert "没有待您审听的录音" in page.text
    assert "须由另一人办理" in page.text
    with studio.inside():
        assert condition(f"{ONE}.stem") is Condition.WAITING


def test_a_voice_is_entered_and_its_consent_given_and_taken_back(studio: House) -> None:  # noqa: F811
    desk = Desk(studio.app, JAMTSO)
    fields = {"name": "拥忠", "dialect": "amdo", "agrees": "1", "consent": TODAY}
    assert desk.post("/desk/booth/speakers", **fields).headers["Location"].endswith("speaker=amdo-01")
    assert "拥忠" in desk.page("/desk/booth").text
    assert desk.post("/desk/booth/consent", speaker="amdo-01", consent="").status_code == 303
    assert "未经本人同意" in desk.page("/desk/booth?speaker=amdo-01").text
    fields = {"name": "拥忠", "dialect": "amdo", "agrees": "1", "consent": ""}
    assert desk.post("/desk/booth/speakers", **fields).status_code == 422


def test_the_list_of_speakers_says_whose_account_each_is_and_corrects_it(studio: House) -> None:  # noqa: F811
    desk = Desk(studio.app, RINCHEN)
    fields = {"speaker": "kham-01", "name": "阿旺 扎西", "dialect": "amdo", "whose": "me"}
    page = desk.do("/desk/booth/speakers/correct", **fields)
    assert "发音人 amdo-01 已更正" in page.text
    assert "amdo-01 阿旺 扎西 安多方言 rinchen" in " ".join(page.text.split())
    fields = {"speaker": "amdo-01", "name": " ", "dialect": "amdo"}
    assert desk.post("/desk/booth/speakers/correct", **fields).status_code == 422


def test_what_is_left_of_a_voice_whose_consent_was_taken_back_can_be_taken_out_from_the_page(studio: House) -> None:  # noqa: F811
    with studio.inside():
        sound(studio, f"{TWO}.stem")
        keep(studio, f"{TWO}.a", content=tone(500))
    desk = Desk(studio.app, RINCHEN)
    assert "全部 2 段录音（其中已审听通过 1 段）" in desk.page("/desk/booth").text
    with studio.inside():
        speakers.consent_to("kham-01", "", studio.actor(RINCHEN))  # and then the power failed
    assert "题库中仍有该发音人的 2 段录音" in desk.page("/desk/booth").text
    page = desk.do("/desk/booth/consent", speaker="kham-01", consent="")
    assert "从题库移除录音 2 条" in page.text
    assert "题库中仍有" not in page.text
    with studio.inside():
        assert condition(f"{TWO}.stem") is Condition.MISSING


def test_what_one_call_does_not_finish_its_page_sends_again_by_itself(
    studio: House,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(booth_views, "QUESTIONS_A_CALL", 1)
    monkeypatch.setattr(consent, "A_TURN", 1)
    with studio.inside():
        keep(studio, f"{ONE}.stem")
        keep(studio, f"{TWO}.a", content=tone(500))
    desk = Desk(studio.app, RINCHEN)
    where = desk.post("/desk/booth/consent", speaker="kham-01", consent="").headers["Location"]
    html = desk.client.get(where).get_data(as_text=True)
    assert "data-go-on" in html
    assert "going_on.js" in html
    page = desk.do("/desk/booth/consent", speaker="kham-01", consent="", taken="1")
    assert "从题库移除录音 2 条" in page.text
    assert "data-go-on" not in desk.client.get("/desk/booth?speaker=kham-01&taken=2").get_data(as_text=True)


def test_the_board_shows_shares_and_what_is_out_of_date(studio: House) -> None:  # noqa: F811
    with studio.inside():
        sound(studio, f"{TWO}.stem", f"{TWO}.a")
    for person in (JAMTSO, YUNGDRUNG, ZHANGMING):
        page = Desk(studio.app, person).page("/desk/coverage")
        assert "33 %" in page.text
        assert "康方言" in page.text
        assert "科目一 · 小型汽车" in page.text
        assert "s1_car" not in page.text


def test_the_editor_shows_what_sounds_of_each_text(studio: House) -> None:  # noqa: F811
    with studio.inside():
        sound(studio, f"{TWO}.a")
    page = Desk(studio.app, JAMTSO).page(f"/desk/questions/{TWO}")
    assert "另一位母语者已审听通过" in page.text
    html = Desk(studio.app, JAMTSO).client.get(f"/desk/questions/{TWO}").get_data(as_text=True)
    assert html.count("data-hear=") == 1
    path = studio.settings.home / "bank/subject1/road_rules.yaml"
    path.write_text(path.read_text("utf-8").replace("bo: བཀག་ནས་ལམ་སྤྲོད།", "bo: བཀག་ནས་ལམ་སྟེར།"), "utf-8")
    assert "已失效：文字有改动" in Desk(studio.app, JAMTSO).page(f"/desk/questions/{TWO}").text
