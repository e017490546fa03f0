"""Files that are written at once by many hands."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from examsys.files import Store, write_durably


def test_many_who_store_the_same_leave_it_whole(tmp_path: Path) -> None:
    store, content = Store(tmp_path), b"picture" * 1_000
    with ThreadPoolExecutor(6) as hands:
        assert len(set(hands.map(store.keep, [content] * 60))) == 1
    assert store.read(store.keep(content)) == content


def test_many_who_write_one_file_each_finish(tmp_path: Path) -> None:
    path = tmp_path / "one"
    with ThreadPoolExecutor(6) as hands:
        list(hands.map(lambda number: write_durably(path, str(number).encode()), range(200)))
    assert path.read_text() in map(str, range(200))
    assert [one.name for one in tmp_path.iterdir()] == ["one"]
