"""A bank that sounds: every text of the small bank recorded in Kham and approved, published as a newer release."""

from dataclasses import replace
from pathlib import Path

from examsys.bank import service as bank
from examsys.domain.bank import Question, Recording, Text, words_hash
from examsys.domain.spoken import spoken_texts
from tests.desk.sounds import DIALECTS, tone
from tests.factories import House, roster_of, small_bank
from tests.people import Person


def recorded(question: Question, sha256: str, *, silent: frozenset[str] = frozenset()) -> Question:
    """The question with an approved recording in Kham of every text; `silent` names those that have none, as t-road-001.stem."""

    def one(place: str, text: Text | None) -> tuple[Recording, ...]:
        if text is None or f"{question.id}.{place}" in silent:
            return ()
        return (Recording("bo", "kham", "audio/kham/x.wav", sha256, words_hash(text.bo), "kham-01", "rinchen"),)

    options = tuple(replace(option, audio=one(option.id, option.text)) for option in question.options)
    return replace(question, audio=one("stem", question.stem), options=options)


def publish(house: House, folder: Path, *, silent: int = 0) -> str:
    """The newer release; of the first texts of its questions this many are silent."""
    (folder / "audio/kham").mkdir(parents=True)
    (folder / "audio/kham/x.wav").write_bytes(tone())
    (folder / "stop.svg").write_bytes((house.settings.bank / "media/stop.svg").read_bytes())
    (house.settings.home / "bank").mkdir(exist_ok=True)
    (house.settings.home / "bank/dialects.yaml").write_text(DIALECTS, "utf-8")
    with house.inside():
        digest = bank.installation().store.keep(tone())
        questions = small_bank(house.settings.home / "files")
        names = [f"{question.id}.{text.place}" for question in questions for text in spoken_texts(question)]
        return bank.publish(
            f"A-{silent}",
            [recorded(question, digest, silent=frozenset(names[:silent])) for question in questions],
            folder,
        )


def roster(people: list[Person], dialect: str, language: str = "bo") -> bytes:
    """A roster whose candidates are booked for audio papers."""
    head, *lines = roster_of(people, language=language).decode().splitlines()
    return "\n".join([f"{head},语音", *(f"{line},{dialect}" for line in lines)]).encode()
