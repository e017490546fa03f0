"""The demonstration's finished morning: sixteen candidates of yesterday, played through the real services at a pretended time."""

import heapq
from collections import Counter
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ..accounts.service import installation
from ..bank import service as bank
from ..clock import Instant, now, pretending
from ..db import here
from ..domain.bank import Question
from ..domain.dates import beijing_day
from ..exam import entering, holding, results, saving, seating, service, upkeep
from ..exam.form import form_of
from ..invigilation import service as invigilation
from . import people, staging

BOOT = "0" * 31 + "1"  # the morning's server has since been started again
NINE_IN_BEIJING = timedelta(hours=1)  # UTC
POWER_CUT, POWER_BACK, REASON = 1_500, 1_740, "停电"
STEPS_A_TRANSACTION = 300
Waits = Generator[float, None, None]


@dataclass(frozen=True, slots=True)
class Story:
    """How one candidate's morning goes: what is answered wrong, how fast, and what happens on the way."""

    subject: str
    language: str
    wrong: int
    pace: float  # seconds a question
    happening: str = ""
    wrong_again: int | None = None  # at the make-up
    licence_class: str = "C1"


STORIES = (
    Story("科目一", "藏文", 4, 14),
    Story("科目一", "汉文", 2, 11),
    Story("科目一", "藏文", 31, 20, "leaves"),
    Story("科目一", "藏文", 15, 17, "makeup", wrong_again=6),
    Story("科目一", "藏汉双语", 24, 15, "makeup", wrong_again=18),
    Story("科目一", "藏文", 7, 18, "moves"),
    Story("科目一", "藏汉双语", 5, 19),
    Story("科目一", "藏文", 9, 21, licence_class="D"),
    Story("科目一", "汉文", 12, 16, "leaves"),
    Story("科目一", "藏文", 3, 40, "vanishes"),
    Story("科目一", "藏文", 6, 16, "switches"),
    Story("科目一", "汉文", 11, 13, "voided"),
    Story("科目三安全文明驾驶常识", "藏文", 3, 24),
    Story("科目三安全文明驾驶常识", "藏汉双语", 9, 26, "leaves"),
    Story("科目一", "藏文", 8, 27, "minutes"),
    Story("科目一", "藏汉双语", 1, 15, licence_class="B2"),
)


class Morning:
    """The clock of the play, and who does what next."""

    def __init__(self) -> None:
        day = now().wall.date() - timedelta(days=1)
        self.nine = datetime(day.year, day.month, day.day, tzinfo=UTC) + NINE_IN_BEIJING
        self.seconds = 0.0
        self.queue: list[tuple[float, int, Waits]] = []
        self.open = ExitStack()
        self.steps = 0
        self.told: dict[str, str] = {}
        self.attempts: list[str] = []

    def instant(self) -> Instant:
        """The pretended present."""
        after = timedelta(seconds=self.seconds)
        return Instant(self.nine + after, 3_600_000_000 + int(self.seconds * 1_000_000), BOOT)

    def together(self) -> None:
        """Small steps go into one transaction; `settle` ends it before anything that reads what was written."""
        if not self.steps:
            self.open.enter_context(here().transaction())
        self.steps += 1
        if self.steps >= STEPS_A_TRANSACTION:
            self.settle()

    def settle(self) -> None:
        """Commit the small steps so far."""
        self.open.close()
        self.steps = 0

    def add(self, waits: Waits, at: float) -> None:
        """Let somebody begin at a second of the morning."""
        heapq.heappush(self.queue, (at, len(self.queue) + int(at * 1000) % 997, waits))

    def run(self) -> None:
        """Everybody's next act, in order of time."""
        turn = 0
        while self.queue:
            at, _, waits = heapq.heappop(self.queue)
            self.seconds = max(self.seconds, at)
            try:
                wait = next(waits)
            except StopIteration:
                continue
            turn += 1
            before, after = self.seconds, self.seconds + wait
            if before < POWER_CUT <= after:
                after += POWER_BACK - POWER_CUT
            heapq.heappush(self.queue, (after, 1_000 + turn, waits))
        self.settle()


def publish(questions: tuple[Question, ...], media: Path) -> None:
    """The release that the morning draws from, published before it began."""
    morning = Morning()
    morning.seconds = -3_600
    with pretending(morning.instant):
        bank.publish(f"DEMO-{beijing_day(now().wall).isoformat()}", questions, media)


def play(room_id: str) -> dict[str, str]:
    """Play the morning in a room; returns the attempts that the doors lead to."""
    morning = Morning()
    with pretending(morning.instant):
        upkeep.recover_outage(now())
        day = beijing_day(now().wall).isoformat()
        lines = [
            people.candidate_line(number, story.subject, story.licence_class, story.language)
            for number, story in enumerate(STORIES)
        ]
        session_id = staging.open_session(room_id, day, lines)
        examiner = staging.actor_as("examiner")
        for number, (booking, line) in enumerate(zip(entering.bookings(session_id), lines, strict=True)):
            morning.seconds += 20
            admission = invigilation.check_in(session_id, booking.candidate_id, examiner)
            sitter = Sitter(morning, session_id, STORIES[number], line["身份证明号码"], admission)
            morning.add(sitter.sits(), 420 + 7 * number)
        morning.add(_examiner(morning, session_id), 400)
        morning.run()
        invigilation.end_session(session_id, "考试结束", examiner)
        _void_one(morning)
        upkeep.seal_log()
    return morning.told


def _examiner(morning: Morning, session_id: str) -> Waits:
    """Releases the start, pauses in the power cut, and lets the house tick, close and seal as `serve` would."""
    examiner = staging.actor_as("examiner")
    invigilation.release_all(session_id, examiner)
    while any(row.state != "closed" for row in seating.board(session_id)) or morning.seconds < 600:
        yield 30
        morning.settle()
        if morning.seconds >= POWER_CUT and "cut" not in morning.told:
            invigilation.pause_all(session_id, REASON, examiner)
            morning.told["cut"] = session_id
        elif morning.seconds > POWER_BACK and "back" not in morning.told:
            invigilation.resume_all(session_id, examiner)
            morning.told["back"] = session_id
        upkeep.tick()
        upkeep.close_due(now())
        if morning.seconds % 300 < 30:
            upkeep.seal_log()


class Sitter:
    """One candidate at a terminal."""

    def __init__(
        self, morning: Morning, session_id: str, story: Story, id_number: str, admission: invigilation.Admission
    ) -> None:
        self.morning, self.session_id, self.story = morning, session_id, story
        self.id_number, self.code, self.attempt = id_number, admission.code, admission.attempt_id
        self.seq, self.shown_ms = 0, 0
        self.login = self._sign_in()
        morning.attempts.append(self.attempt)

    def _sign_in(self) -> Any:
        return holding.sign_in(self.id_number, self.code, "127.0.0.1").login

    def sits(self) -> Waits:
        """From the start to the last paper."""
        yield from self._one(self.story.wrong)
        if self.story.happening == "makeup" and self.story.wrong_again is not None:
            service.ask_makeup(self.attempt, self.login)
            yield 60
            self.morning.settle()
            self.attempt = invigilation.release_makeup(self.session_id, self.attempt, staging.actor_as("examiner"))
            self.seq, self.shown_ms = 0, 0
            yield 20
            yield from self._one(self.story.wrong_again)
        if self.story.happening == "leaves":
            self.morning.settle()
            service.leave(self.attempt, self.login)

    def _one(self, wrong: int) -> Waits:
        """One attempt: every question shown and answered, at the pace of the story."""
        self.morning.settle()
        language = {"藏文": "bo", "汉文": "zh", "藏汉双语": "both"}[self.story.language]
        service.start(self.attempt, language, self.login)
        form = form_of(installation().site_id, self.attempt)
        length = len(form.kinds)
        failing = {1 + index * length // wrong for index in range(wrong)} if wrong else set()
        for position in form.paper.positions:
            yield from self._happens(position.number, length)
            if self.story.happening == "vanishes" and position.number > length * 0.6:
                return
            while self._paused():
                yield 15
            self._answer(position, position.number in failing)
            yield self.story.pace * (0.6 + 0.8 * ((position.number * 37) % 11) / 10)
        while self._paused():
            yield 15
        self.morning.settle()
        service.submit(self.attempt, self.login)

    def _paused(self) -> bool:
        return (
            "cut" in self.morning.told
            and "back" not in self.morning.told
            or POWER_CUT <= self.morning.seconds < POWER_BACK
        )

    def _answer(self, position: Any, fails: bool) -> None:
        self.morning.together()
        self.shown_ms += int(self.story.pace * 1000)
        service.view(
            self.attempt, [{"kind": "shown", "position": position.number, "value": "question", "ms": self.shown_ms}]
        )
        key = bank.key_of(position.content_hash)
        right = [option.id for option in position.options if option.bank_id in key]
        other = [option.id for option in position.options if option.bank_id not in key] or right[:1]
        self.seq += 1
        self.morning.together()
        saving.save_answer(self.attempt, position.number, other[:1] if fails else right, self.seq, self.login)

    def _happens(self, position: int, length: int) -> Waits:
        """What befalls this candidate in the middle of the paper."""
        happening, told = self.story.happening, self.morning.told
        if happening == "moves" and position == length // 2:
            self.morning.settle()
            examiner = staging.actor_as("examiner")
            seat = invigilation.free_seats(invigilation.sitting(self.session_id))[0]
            invigilation.move_seat(self.session_id, self.attempt, seat, "终端故障", examiner)
            yield 45
            self.morning.settle()
            self.login = self._sign_in()
            told["resumed"] = self.attempt
        elif happening == "switches" and position in (12, 40):
            value = "zh" if position == 12 else "both"
            self.shown_ms += 900
            service.view(
                self.attempt, [{"kind": "language", "position": position, "value": value, "ms": self.shown_ms}]
            )
        elif happening == "switches" and position == 20:
            service.view(self.attempt, [{"kind": "flag", "position": position, "value": True, "ms": self.shown_ms}])
        elif happening == "minutes" and position == length - 20:
            self.morning.settle()
            asked = invigilation.ask(
                self.session_id, self.attempt, "extra", "5", "考台屏幕更换", False, staging.actor_as("examiner")
            )
            invigilation.decide(asked, True, "情况属实", staging.actor_as("examination_supervisor"))
        elif happening == "voided":
            told["voided"] = self.attempt


def _void_one(morning: Morning) -> None:
    """A question turns out to be faulty: it is voided, and whoever had it is graded anew; one that few others had."""
    attempt_id = morning.told.get("voided")
    if attempt_id is None:
        return
    site_id = installation().site_id
    asked = Counter(
        place.question_id for other in morning.attempts for place in form_of(site_id, other).paper.positions
    )
    paper = form_of(site_id, attempt_id).paper
    answers = service.state_of(attempt_id)["answers"]
    wrong = [
        place.question_id
        for place in paper.positions
        if place.bank_ids(answers.get(str(place.number), [])) != bank.key_of(place.content_hash)
    ]
    reason = "题目表述有歧义,取消成绩后重新评分"
    results.regrade(bank.withdraw(min(wrong, key=asked.__getitem__), reason), reason)
