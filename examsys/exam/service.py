"""What a candidate does once the terminal is theirs: start, look around, hand in, ask for the make-up; how a page resumes."""

import json
from typing import Any

from ..accounts.logins import Login
from ..accounts.service import installation, record
from ..clock import now
from ..db import Raw, append, here
from ..domain.attempt import (
    VIEW_KINDS,
    State,
    Step,
    check_move,
    replay,
    seconds,
)
from ..domain.entries import EntryKind
from ..domain.errors import RuleBroken
from . import journal, results
from .form import form_of, questions_json
from .holding import attempt_actor

LANGUAGES = ("bo", "zh", "both")
MOST_VIEW_STEPS = 200
UNTOUCHED = 2  # steps of an attempt that was released and started: nothing to replay yet
LARGEST_SEQ = 2**53 - 1
SCREENS = ("grid", "review", "hand-in", *(f"zoom:{n}" for n in range(9)), *(f"size:{n}" for n in range(3)))


def state_of(attempt_id: str) -> dict[str, Any]:
    """The attempt in the shape of the contract: how a page resumes."""
    answer: dict[str, Any] = json.loads(told_state(attempt_id))
    return answer


def told_state(attempt_id: str) -> str:
    """The same as the JSON that is sent; a paper's questions are put together from texts that are kept as JSON."""
    site_id = installation().site_id
    form = form_of(site_id, attempt_id)
    with here().reading() as raw:
        standing = journal.standing(site_id, attempt_id, raw, lock=False)
        if standing is None:
            raise RuleBroken("attempt.unknown")
        replayed = replay(journal.steps(site_id, attempt_id, raw)) if standing.length > UNTOUCHED else None
        later = raw.one(
            "SELECT attempt_id FROM attempt WHERE site_id = ? AND candidate_id = ? AND number > ? ORDER BY number LIMIT 1",
            *(site_id, form.candidate_id, form.number),
        )
    shown = standing.state in (State.RUNNING, State.PAUSED)
    left = 0 if standing.state == State.CLOSED else seconds(standing.timer.left_at(now().mono))
    answer: dict[str, Any] = {
        "attempt": attempt_id,
        "state": standing.state,
        "seconds_left": left,
        "language": standing.language,
        "answers": {str(position): options for position, options in sorted(replayed.answers.items())}
        if replayed
        else {},
        "newest_seq": standing.newest_seq,
        "flags": sorted(replayed.flags) if replayed else [],
        "position": replayed.position if replayed else 1,
        "next": later[0] if later else None,
    }
    if standing.state == State.CLOSED:
        answer["result"] = results.told(attempt_id)
    asked = questions_json(form) if shown else "[]"
    return f'{json.dumps(answer, ensure_ascii=False)[:-1]}, "questions": {asked}}}'


def language_of(attempt_id: str) -> str | None:
    """The language setting of an attempt now: bo, zh, both, or None before the start."""
    with here().reading() as raw:
        standing = journal.standing(installation().site_id, attempt_id, raw, lock=False)
    return standing.language if standing else None


def pulse(attempt_id: str) -> dict[str, Any]:
    """How the attempt stands, in two words: what a running page asks every few seconds."""
    with here().reading() as raw:
        standing = journal.standing(installation().site_id, attempt_id, raw, lock=False)
    if standing is None:
        raise RuleBroken("attempt.unknown")
    closed = standing.state == State.CLOSED
    return {"state": standing.state, "seconds_left": 0 if closed else seconds(standing.timer.left_at(now().mono))}


def start(attempt_id: str, language: object, login: Login) -> str:
    """Start the clock, once; again: the same attempt. RuleBroken('attempt.not_released', 'attempt.bad_language')."""
    if language not in LANGUAGES:
        raise RuleBroken("attempt.bad_language")
    site_id = installation().site_id

    def work(raw: Raw) -> None:
        standing = journal.standing(site_id, attempt_id, raw)
        if standing is None:
            raise RuleBroken("attempt.unknown")
        if standing.state in (State.RUNNING, State.PAUSED, State.CLOSED):
            return
        check_move(Step.START, State(standing.state))
        moment = now()
        sealed = journal.append_step(
            site_id, attempt_id, standing, Step.START, moment, raw, language=language, allowed=standing.allowed
        )
        timer = standing.timer.started(moment.mono)
        journal.update(
            site_id,
            attempt_id,
            raw,
            sealed,
            state=State.RUNNING.value,
            language=language,
            **journal.time_columns(timer),
        )
        record(
            EntryKind.EXAM_START,
            attempt_actor(login),
            about=attempt_id,
            data={"language": language, "head": sealed.hash.hex()},
            raw=raw,
        )

    append(work)
    return told_state(attempt_id)


def view(attempt_id: str, steps: object) -> None:
    """Append what was on the screen; never refused for its timing. RuleBroken('attempt.bad_view') for anything malformed."""
    site_id = installation().site_id
    length = len(form_of(site_id, attempt_id).kinds)
    if not isinstance(steps, list) or len(steps) > MOST_VIEW_STEPS:
        raise RuleBroken("attempt.bad_view")
    looks = [_look(step, length) for step in steps]

    def work(raw: Raw) -> None:
        standing = journal.standing(site_id, attempt_id, raw)
        if standing is None:
            raise RuleBroken("attempt.unknown")
        moment = now()
        for kind, facts in looks:
            sealed = journal.append_step(site_id, attempt_id, standing, kind, moment, raw, **facts)
            standing = standing._replace(head=sealed.hash, length=sealed.length)
            if kind is Step.LANGUAGE:
                standing = standing._replace(language=facts["value"])
            elif kind is Step.SHOWN:
                standing = standing._replace(position=facts["position"])
        if looks:
            journal.update(site_id, attempt_id, raw, sealed, language=standing.language, position=standing.position)

    append(work)


def _look(step: object, length: int) -> tuple[Step, dict[str, Any]]:
    """One view step, checked: kind, position within the paper, a value of its kind, the page's own milliseconds."""
    if not isinstance(step, dict) or step.get("kind") not in tuple(VIEW_KINDS):
        raise RuleBroken("attempt.bad_view")
    kind, position, value, ms = Step(step["kind"]), step.get("position"), step.get("value"), step.get("ms")
    whole = isinstance(ms, int) and not isinstance(ms, bool) and 0 <= ms <= LARGEST_SEQ
    placed = isinstance(position, int) and not isinstance(position, bool) and 1 <= position <= length
    fits = {
        Step.SHOWN: placed and (value is None or (isinstance(value, str) and len(value) <= 20)),
        Step.LANGUAGE: value in LANGUAGES,
        Step.FLAG: placed and isinstance(value, bool),
        Step.AUDIO: placed and isinstance(value, str) and len(value) <= 100 and value.isprintable(),
    }[kind]
    if not whole or not fits:
        raise RuleBroken("attempt.bad_view")
    facts: dict[str, Any] = {"ms": ms}
    if placed:
        facts["position"] = position
    if value is not None and (kind is not Step.SHOWN or value in SCREENS):
        facts["value"] = value
    return kind, facts


def submit(attempt_id: str, login: Login) -> dict[str, Any]:
    """Hand in, once; again: the same answer. RuleBroken('attempt.not_started')."""
    site_id = installation().site_id

    def work(raw: Raw) -> None:
        standing = journal.standing(site_id, attempt_id, raw)
        if standing is None:
            raise RuleBroken("attempt.unknown")
        if standing.state != State.CLOSED:
            results.close(attempt_id, standing, Step.SUBMIT, EntryKind.EXAM_SUBMIT, attempt_actor(login), raw)

    append(work)
    return results.told(attempt_id)


def ask_makeup(attempt_id: str, login: Login) -> None:
    """ "Make-up now": the examiner sees that the candidate waits for it. RuleBroken('attempt.no_makeup')."""
    _choose_makeup(attempt_id, "asked", login)


def leave(attempt_id: str, login: Login) -> None:
    """ "Leave": the candidate goes without a make-up today."""
    _choose_makeup(attempt_id, "left", login)


def _choose_makeup(attempt_id: str, choice: str, login: Login) -> None:
    if results.told(attempt_id)["makeup"] not in ("offered", choice):
        raise RuleBroken("attempt.no_makeup")

    def work(raw: Raw) -> None:
        raw.run(
            "UPDATE live SET makeup = ? WHERE site_id = ? AND attempt_id = ?",
            choice,
            installation().site_id,
            attempt_id,
        )
        if choice == "left":
            record(EntryKind.EXAM_MAKEUP_DECLINED, attempt_actor(login), about=attempt_id, raw=raw)

    append(work)
