import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from examsys.bank.compiled import BankUnreadable, load_bank, source_key
from tests.bank.written import JUDGE, SINGLE, write_bank


def kept(cache: Path) -> list[Path]:
    return sorted(cache.iterdir())


def test_the_compiled_bank_is_the_bank(tmp_path: Path) -> None:
    folder, cache = write_bank(tmp_path / "bank"), tmp_path / "cache"
    fresh, again = load_bank(folder, cache), load_bank(folder, cache)
    assert fresh == again
    assert list(fresh.questions) == ["s1-road-001", "s1-road-002"]
    assert fresh.media["signs/stop.svg"]["kind"] == "sign"
    assert [path.name for path in kept(cache)] == [f"bank-{fresh.key}.json"]


def test_it_is_read_from_the_cache_while_no_file_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = write_bank(tmp_path / "bank"), tmp_path / "cache"
    load_bank(folder, cache)
    monkeypatch.setattr("examsys.bank.compiled.read_bank", lambda folder: pytest.fail("parsed again"))
    load_bank(folder, cache)


@pytest.mark.parametrize(
    "file", ["subject1/road_rules.yaml", "media/media.yaml", "media/signs/stop.svg", "blueprints.yaml"]
)
def test_any_changed_file_makes_another_key(tmp_path: Path, file: str) -> None:
    folder = write_bank(tmp_path / "bank")
    before = source_key(folder)
    with (folder / file).open("a", encoding="utf-8") as changed:
        changed.write("\n")
    assert source_key(folder) != before


@pytest.mark.parametrize("damage", [b"", b"{}", b"x\n{}"])
def test_a_damaged_cache_is_made_again(tmp_path: Path, damage: bytes) -> None:
    folder, cache = write_bank(tmp_path / "bank"), tmp_path / "cache"
    good = load_bank(folder, cache)
    kept(cache)[0].write_bytes(damage)
    assert load_bank(folder, cache) == good
    assert kept(cache)[0].stat().st_size > 500


def test_without_a_place_for_the_cache_it_still_loads(tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "bank")
    (tmp_path / "file").write_text("")
    assert len(load_bank(folder, tmp_path / "file" / "cache").questions) == 2


def test_a_faulty_bank_is_refused_with_its_faults(tmp_path: Path) -> None:
    folder = write_bank(tmp_path / "bank", JUDGE, JUDGE, SINGLE.replace("signs/stop.svg", "signs/gone.svg"))
    with pytest.raises(BankUnreadable) as refused:
        load_bank(folder, tmp_path / "cache")
    keys = {fault.message_key for fault in refused.value.report.faults}
    assert keys == {"question.id_taken", "media.no_file", "media.not_described"}
    assert not (tmp_path / "cache").exists()


def test_five_thousand_questions_start_in_less_than_a_second(tmp_path: Path) -> None:
    folder, cache = write_bank(tmp_path / "bank"), tmp_path / "cache"
    bank = load_bank(folder, cache)
    values = json.loads(kept(cache)[0].read_bytes().partition(b"\n")[2])
    entry, content = values["questions"][1]
    many = [[{**entry, "id": f"s1-road-{n:04d}"}, {**content, "id": f"s1-road-{n:04d}"}] for n in range(5000)]
    from examsys.bank import compiled

    compiled.write_cache(cache / f"bank-{bank.key}.json", {**values, "questions": many})
    best = min(cpu_of_load(folder, cache) for _ in range(3))
    assert len(load_bank(folder, cache).questions) == 5000
    assert best < 1.0


def cpu_of_load(folder: Path, cache: Path) -> float:
    start = time.process_time()
    load_bank(folder, cache)
    return time.process_time() - start


def test_two_processes_may_compile_at_once(tmp_path: Path) -> None:
    folder, cache = write_bank(tmp_path / "bank"), tmp_path / "cache"
    code = (
        "import sys; from pathlib import Path; from examsys.bank.compiled import load_bank;"
        "print(len(load_bank(Path(sys.argv[1]), Path(sys.argv[2])).questions))"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, folder, cache], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."}
        )
        for _ in range(2)
    ]
    assert [process.communicate(timeout=60)[0].strip() for process in started] == [b"2", b"2"]
    assert len(kept(cache)) == 1
