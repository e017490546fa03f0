"""An exported attempt: every way to spoil it is named, and the stand-alone verifier says the same as the library."""

import base64
import copy
import hashlib
import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from examsys.domain import checkpoint, log, merkle
from examsys.domain.checkpoint import KeyKind, VerifierKey
from examsys.domain.export import HeldCheckpoint, ProvedEntry, export_document
from examsys.domain.verification import Finding, Person, Verdict, check_export, verdict_of

SCRIPT = Path(__file__).parents[2] / "deploy" / "verify_exam.py"
ORIGIN, ATTEMPT = "examsys/site01/audit/1", "0192e4a07b6c7d3e8f00000000000001"
LOG = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
LOG_KEY = VerifierKey(ORIGIN, LOG.public_key().public_bytes_raw())
WITNESS_KEY = VerifierKey("brigade.example/w1", WITNESS.public_key().public_bytes_raw(), KeyKind.WITNESS)
PINNED = [LOG_KEY, WITNESS_KEY]
PAPER = log.canonical({"seed": "00", "positions": []})
KINDS = ["released", "start", "shown", "answer", "answer", "submit", "late"]

Document = dict[str, Any]


def load_script() -> Any:
    spec = importlib.util.spec_from_file_location("verify_exam", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VERIFY_EXAM = load_script()


def sealed(bodies: list[bytes]) -> list[tuple[int, bytes, bytes]]:
    steps, previous = [], log.FIRST
    for number, body in enumerate(bodies, 1):
        previous = log.step_hash(previous, body)
        steps.append((number, body, previous))
    return steps


def step(number: int, kind: str, **more: Any) -> bytes:
    said = {"attempt": ATTEMPT, "n": number, "kind": kind, "boot": "b1", "mono": number * 1_000_000}
    return log.canonical(said | more)


STEPS = sealed([step(number, kind) for number, kind in enumerate(KINDS, 1)])
RESULT = {"id": "r1", "head": STEPS[5][2].hex(), "score": 92, "full_mark": 100, "pass_mark": 90, "passed": True}


def entry(kind: str, data: Any, about: str | None = ATTEMPT) -> bytes:
    return log.canonical({"kind": kind, "object": about, "data": data})


def graded() -> dict[str, Any]:
    return {"result": "r1"} | {name: value for name, value in RESULT.items() if name != "id"}


def heads(length: int) -> dict[str, Any]:
    return {"heads": [["another", 3, "00" * 32], [ATTEMPT, length, STEPS[length - 1][2].hex()]]}


BODIES = [
    entry("candidate.checkin", {"person": {"name": log.commitment(bytes(32), "name", "扎西")}}),
    entry("exam.paper_drawn", {"paper": hashlib.sha256(PAPER).hexdigest(), "profile": "formal"}),
    entry("log.heads", heads(3), None),
    entry("exam.scored", graded()),
    entry("auth.login", {}, None),
    entry("log.heads", heads(7), None),
    entry("auth.logout", {}, None),
]


def note_over(size: int) -> bytes:
    root = merkle.root_of(map(merkle.leaf_hash, BODIES[:size]))
    note = checkpoint.sign_note(checkpoint.checkpoint_body(ORIGIN, size, root), ORIGIN, LOG.sign, LOG_KEY.public)
    return checkpoint.cosign_note(note, WITNESS_KEY.name, WITNESS.sign, WITNESS_KEY.public, 1_795_000_000)


def export(bodies: list[bytes] = BODIES, taken: tuple[int, ...] = (0, 1, 2, 3, 5), **changes: Any) -> Document:
    levels = merkle.Levels(map(merkle.leaf_hash, bodies))
    size = len(bodies)
    parts: dict[str, Any] = {
        "made": "2026-11-22T06:02:09.000Z",
        "site": 1,
        "origin": ORIGIN,
        "demonstration": False,
        "attempt": ATTEMPT,
        "keys": PINNED,
        "checkpoints": [
            HeldCheckpoint(note_over(3), merkle.consistency_proof(3, size, levels)),
            HeldCheckpoint(note_over(size)),
        ],
        "entries": [ProvedEntry(index, bodies[index], merkle.inclusion_proof(index, size, levels)) for index in taken],
        "steps": STEPS,
        "paper": PAPER,
        "results": [RESULT],
    }
    return export_document(**parts | changes)


WHOLE = export()


def check(
    document: Any, pinned: list[VerifierKey] = PINNED, against: tuple[bytes, ...] = (), person: Person | None = None
) -> list[Finding]:
    """The library's findings, once the other writing has said the very same."""
    document = json.loads(json.dumps(document))
    findings = check_export(document, pinned, against, person)
    known = {"key": person.key.hex(), "fields": person.fields} if person else None
    twin = VERIFY_EXAM.check(document, [key.vkey() for key in pinned], list(against), known)
    assert twin == [(finding.verdict.value, finding.key, finding.facts) for finding in findings]
    assert all(VERIFY_EXAM.told(finding) for finding in twin)
    return findings


def named(findings: list[Finding], verdict: Verdict) -> dict[str, Any]:
    return {finding.key: dict(finding.facts) for finding in findings if finding.verdict is verdict}


def broken(document: Any, **known: Any) -> dict[str, Any]:
    return named(check(document, **known), Verdict.BROKEN)


def spoilt(change: Callable[[Document], object]) -> Document:
    document = copy.deepcopy(WHOLE)
    change(document)
    return document


def flip(text: str, at: int = 0) -> str:
    raw = bytearray(base64.b64decode(text))
    raw[at] ^= 1
    return base64.b64encode(raw).decode()


def test_a_whole_export_holds() -> None:
    findings = check(WHOLE, against=(note_over(3),))
    assert verdict_of(findings) is Verdict.HOLDS
    assert set(named(findings, Verdict.HOLDS)) == {
        *("key.pinned", "checkpoint.signed", "checkpoint.grown", "witness.seen", "against.same", "entry.in_log"),
        *("chain.whole", "head.named", "clock.forwards", "paper.same", "result.same"),
        "result.stands",
    }
    assert set(named(findings, Verdict.OUTSIDE)) == {"outside.grading", "outside.person", "outside.omitted"}


@given(st.integers(0, len(STEPS) - 1), st.integers(0, 20))
def test_one_byte_of_a_step_is_named(number: int, at: int) -> None:
    document = spoilt(lambda each: each["steps"][number].update(body=flip(each["steps"][number]["body"], at)))
    assert broken(document)["chain.broken"] == {"step": number + 1, "fault": "altered"}


def test_exchanged_steps_are_named() -> None:
    def change(document: Document) -> None:
        rows = document["steps"]
        rows[2], rows[3] = rows[3], rows[2]

    found = broken(spoilt(change))
    assert found["step.missing"] == {"step": 3, "found": 4}
    assert found["chain.broken"] == {"step": 4, "fault": "displaced"}


def test_a_deleted_step_is_named() -> None:
    found = broken(spoilt(lambda document: document["steps"].pop(3)))
    assert found["step.missing"] == {"step": 4, "found": 5}
    assert found["chain.broken"]["step"] == 5


def test_a_cut_tail_is_named() -> None:
    found = broken(spoilt(lambda document: document.update(steps=document["steps"][:4])))
    assert found["chain.cut"] == {"steps": 4, "length": 7, "index": 5}
    assert "result.other_journal" in found


def test_a_cut_tail_without_the_entries_that_know_it_is_incomplete() -> None:
    findings = check(export(taken=(1, 2), steps=STEPS[:3], results=[]))
    assert verdict_of(findings) is Verdict.MISSING
    assert set(named(findings, Verdict.MISSING)) == {"chain.open"}


def test_a_chain_made_anew_is_named_by_the_log() -> None:
    bodies = [body for _, body, _ in STEPS]
    bodies[3] = step(4, "answer", options=["o2"])
    anew = sealed(bodies)
    found = broken(export(steps=anew, results=[RESULT | {"head": anew[5][2].hex()}]))
    assert found["head.differs"] == {"step": 7, "index": 5}
    assert found["result.differs"] == {"result": "r1", "index": 3}


def test_steps_of_another_attempt_are_named() -> None:
    foreign = sealed([step(number, kind, attempt="other") for number, kind in enumerate(KINDS, 1)])
    assert broken(export(steps=foreign, results=[]))["step.foreign"] == {"step": 1}


def test_a_clock_that_goes_back_is_named() -> None:
    late = sealed([step(1, "start"), step(2, "answer", mono=-5_000_000), step(3, "submit")])
    assert broken(export(steps=late, results=[]))["clock.backwards"] == {"step": 2}


@given(st.integers(0, 4), st.integers(0, 30))
def test_one_byte_of_an_entry_is_named(number: int, at: int) -> None:
    index = WHOLE["entries"][number]["index"]
    document = spoilt(lambda each: each["entries"][number].update(body=flip(each["entries"][number]["body"], at)))
    assert broken(document)["entry.not_in_log"] == {"index": index}


def test_an_entry_in_another_place_is_named() -> None:
    assert broken(spoilt(lambda each: each["entries"][1].update(index=2)))["entry.not_in_log"] == {"index": 2}
    assert "entry.not_in_log" in broken(spoilt(lambda each: each["entries"][2]["path"].pop()))
    assert "entry.not_in_log" in broken(spoilt(lambda each: each["entries"][2]["path"].append("00" * 32)))


def test_a_wrong_root_is_named() -> None:
    body = checkpoint.checkpoint_body(ORIGIN, 7, bytes(32))
    forged = checkpoint.sign_note(body, ORIGIN, LOG.sign, LOG_KEY.public).decode()
    found = broken(spoilt(lambda document: document["checkpoints"][-1].update(note=forged)))
    assert set(found) >= {"entry.not_in_log", "checkpoint.forked"}
    unsigned = WHOLE["checkpoints"][-1]["note"].replace("\n7\n", "\n8\n")
    found = broken(spoilt(lambda document: document["checkpoints"][-1].update(note=unsigned)))
    assert found["checkpoint.refused"] == {"why": "SignatureWrong"}


def test_a_fork_of_the_log_is_named() -> None:
    bodies = [BODIES[0], entry("exam.paper_drawn", {"paper": "00"}), *BODIES[2:]]
    found = broken(export(bodies), against=(note_over(7),))
    assert "checkpoint.forked" in found or "entry.not_in_log" in found


def test_a_checkpoint_held_elsewhere_shows_another_face() -> None:
    other = checkpoint.checkpoint_body(ORIGIN, 3, bytes(32))
    held = checkpoint.sign_note(other, ORIGIN, LOG.sign, LOG_KEY.public)
    assert broken(WHOLE, against=(held,))["against.differs"] == {"size": 3}
    assert "against.refused" in broken(WHOLE, against=(b"nothing",))
    findings = check(WHOLE, against=(note_over(5),))
    assert named(findings, Verdict.MISSING)["against.unknown"] == {"sizes": [3, 7]}


def test_the_wrong_key_is_named() -> None:
    wrong = [VerifierKey(ORIGIN, WITNESS_KEY.public)]
    assert broken(WHOLE, pinned=wrong)["checkpoint.refused"] == {"why": "LogSignatureMissing"}


def test_keys_from_the_export_alone_prove_nothing() -> None:
    findings = check(WHOLE, pinned=[])
    assert verdict_of(findings) is Verdict.MISSING
    assert "key.unpinned" in named(findings, Verdict.MISSING)


def test_another_paper_and_another_result_are_named() -> None:
    assert broken(export(paper=PAPER + b" "))["paper.differs"] == {"index": 1}
    assert broken(export(results=[RESULT | {"passed": False}]))["result.differs"] == {"result": "r1", "index": 3}


AGAIN = RESULT | {"id": "r2", "score": 88, "passed": False}
REGRADED = entry(
    "exam.regraded", {name: value for name, value in AGAIN.items() if name != "id"} | {"result": "r2", "before": "r1"}
)


@pytest.mark.parametrize(
    ("results", "what"),
    [
        ([], "result.missing"),
        ([RESULT], "result.missing"),
        ([AGAIN], "result.missing"),
        ([AGAIN, RESULT], "result.order"),
        ([RESULT, AGAIN, AGAIN], "result.order"),
        ([RESULT, AGAIN | {"name": "x"}], "result.form"),
        ([RESULT, AGAIN | {"score": 88.0}], "result.differs"),
        ([RESULT, AGAIN | {"passed": 0}], "result.differs"),
    ],
)
def test_results_other_than_the_log_knows_are_named(results: list[dict[str, Any]], what: str) -> None:
    whole = with_entry(6, REGRADED, taken=(0, 1, 2, 3, 5, 6), results=[RESULT, AGAIN])
    assert named(check(whole), Verdict.HOLDS)["result.stands"] == {"result": "r2"}
    assert what in broken(whole | {"results": results})


def test_a_result_taken_out_with_its_entry_is_named_by_the_one_after_it() -> None:
    without = with_entry(6, REGRADED, taken=(0, 1, 2, 5, 6), results=[AGAIN])
    assert broken(without)["result.missing"] == {"result": "r1"}


def test_what_is_not_there_is_incomplete() -> None:
    def missing(document: Document) -> set[str]:
        findings = check(document)
        assert verdict_of(findings) is Verdict.MISSING
        return set(named(findings, Verdict.MISSING))

    assert missing(export(checkpoints=[], entries=[])) >= {"checkpoint.none", "head.none", "paper.unnamed"}
    assert missing(export(taken=(1, 2, 3))) == {"head.behind"}
    assert missing(export(taken=(1, 5))) == {"result.unnamed"}
    assert missing(export(taken=(1, 5), results=[])) == {"result.none"}


def test_the_person_is_compared_with_the_commitments() -> None:
    def person(**fields: str) -> list[Finding]:
        return check(WHOLE, person=Person(bytes(32), fields))

    assert named(person(name="扎西"), Verdict.HOLDS)["person.same"] == {"field": "name", "index": 0}
    assert named(person(name="卓玛"), Verdict.BROKEN)["person.differs"] == {"field": "name", "index": 0}
    assert named(person(id_number="1"), Verdict.MISSING)["person.unnamed"] == {"field": "id_number"}


def with_entry(index: int, body: bytes, **changes: Any) -> Document:
    """An honest export of a log that had another entry in this place."""
    bodies = [*BODIES[:index], body, *BODIES[index + 1 :]]
    text = checkpoint.checkpoint_body(ORIGIN, len(bodies), merkle.root_of(map(merkle.leaf_hash, bodies)))
    held = [HeldCheckpoint(checkpoint.sign_note(text, ORIGIN, LOG.sign, LOG_KEY.public))]
    return export(bodies, checkpoints=held, **changes)


def test_a_log_that_says_too_little_is_incomplete() -> None:
    little = with_entry(1, entry("exam.paper_drawn", {"paper": hashlib.sha256(PAPER).hexdigest()}))
    assert named(check(little), Verdict.MISSING) == {"demonstration.unknown": {"index": 1}}
    little = with_entry(3, entry("exam.scored", {"result": "r1", "head": RESULT["head"], "score": 92, "passed": True}))
    assert named(check(little), Verdict.MISSING)["result.unvouched"]["fields"] == ["full_mark", "pass_mark"]


def test_a_demonstration_says_so_and_cannot_hide_it() -> None:
    drawn = {"paper": hashlib.sha256(PAPER).hexdigest(), "profile": "demo"}
    findings = check(with_entry(1, entry("exam.paper_drawn", drawn), demonstration=True))
    assert verdict_of(findings) is Verdict.HOLDS
    assert findings[0].key == "demonstration"
    hidden = with_entry(1, entry("exam.paper_drawn", drawn))
    assert broken(hidden)["demonstration.hidden"] == {"index": 1}


def _paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for name, each in items for path in _paths(each, (*at, name)))]


@given(st.sampled_from(_paths(WHOLE)[1:]), st.sampled_from([None, True, -1, 10**30, "", "zz", "é", [], {}, [[]], 0.5]))
def test_no_odd_value_anywhere_stops_the_check(path: tuple[Any, ...], odd: Any) -> None:
    document: Any = copy.deepcopy(WHOLE)
    inner = document
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = odd
    keys = [key.vkey() for key in PINNED]
    by_twin = {verdict for verdict, _, _ in VERIFY_EXAM.check(document, keys, [])}
    assert verdict_of(check_export(document, PINNED)) is verdict_of(
        Finding(Verdict(verdict), "") for verdict in by_twin
    )


@pytest.mark.parametrize("document", [None, [], {}, "x", {"format": "examsys/export/2"}])
def test_another_document_is_no_export(document: Any) -> None:
    assert set(broken(document)) == {"format.unreadable"}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(SCRIPT), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_the_verifier_runs_alone_and_tells_both_languages(tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(json.dumps(WHOLE), encoding="utf-8")
    (tmp_path / "keys").write_text("".join(key.vkey() + "\n" for key in PINNED), encoding="utf-8")
    (tmp_path / "held.notes").write_bytes(note_over(3) + b"\n" + note_over(7) + b"\n")
    done = run(tmp_path, "export.json", "--key", "keys", "--against", "held.notes")
    assert (done.returncode, done.stderr) == (0, "")
    assert "完好 OK" in done.stdout
    assert "the chain of 7 steps is whole" in done.stdout
    assert run(tmp_path, "export.json").returncode == 2
    machine = json.loads(run(tmp_path, "export.json", "--json").stdout)
    assert machine["exit"] == 2
    assert machine["findings"][0]["key"] == "key.unpinned"
    assert run(tmp_path, "nowhere.json").returncode == 2
    (tmp_path / "export.json").write_text("{", encoding="utf-8")
    assert run(tmp_path, "export.json", "--key", LOG_KEY.vkey()).returncode == 1


def test_a_demonstration_is_never_called_valid(tmp_path: Path) -> None:
    (tmp_path / "export.json").write_text(json.dumps(WHOLE | {"demonstration": True}), encoding="utf-8")
    assert run(tmp_path, "export.json").stdout.splitlines()[-1].startswith("演示样张，无效 · DEMONSTRATION, not valid")


def test_every_finding_has_its_sentence_in_both_languages() -> None:
    written = SCRIPT.parents[1] / "examsys" / "domain" / "verification.py"
    keys = set(re.findall(r'"([a-z]+\.[a-z_]+|demonstration)"', written.read_text(encoding="utf-8")))
    assert keys == set(VERIFY_EXAM.SENTENCES)
    assert {fault.value for fault in log.ChainFault} >= set(VERIFY_EXAM.FAULTS)


def test_the_verifier_imports_nothing_of_the_house() -> None:
    assert "examsys" not in {
        line.split()[1].split(".")[0] for line in SCRIPT.read_text().splitlines() if "import" in line
    }
