"""What findings and steps are called for people: keys to message ids; the sentences themselves stand in the catalogues."""

from typing import Final

from ..audit.findings import Finding
from ..domain.verification import Verdict
from ..web.errors import message
from ..web.language import text

VERDICTS: Final[dict[Verdict, str]] = {
    Verdict.HOLDS: message("Holds"),
    Verdict.BROKEN: message("Broken"),
    Verdict.MISSING: message("Incomplete"),
    Verdict.OUTSIDE: message("Not checked"),
}

# What `log verify` finds (audit.verify, exam.verify, bank.verify, rows).
SITE: Final[dict[str, str]] = {
    "against.differs": message("The checkpoint you hold over %(size)s entries is not a beginning of this log: it was rewritten."),
    "against.larger": message("The checkpoint you hold covers %(size)s entries, this log has only %(leaves)s: its end was cut off or the database was rolled back."),
    "against.refused": message("The checkpoint you hold is malformed or not signed by this site (%(why)s)."),
    "against.same": message("The checkpoint you hold over %(size)s entries is a beginning of this log."),
    "attempt.derived": message("Columns, standing, results and marks follow from the journal: they were computed again."),
    "attempt.missing": message("The row of this exam is missing; its journal or the log names it."),
    "attempt.unnamed": message("No entry of the log names this exam."),
    "chains": message("The chains of all exams were checked: %(steps)s steps."),
    "checkpoint.columns": message("The columns of this checkpoint are not what was signed."),
    "checkpoint.missing": message("This checkpoint was taken out of the database; it stands in the file outside."),
    "checkpoint.refused": message("The signature of this checkpoint does not hold (%(why)s)."),
    "checkpoint.root": message("The entries from place %(before)s up to this checkpoint are not the ones that were sealed."),
    "checkpoint.state": message("The stored state of the tree at this checkpoint was changed."),
    "column.differs": message("Column %(column)s says %(stored)s, the sealed record says %(said)s."),
    "content.altered": message("The text of this question no longer has its hash: it was changed."),
    "content.missing": message("A question of a release is missing."),
    "contents": message("Every stored question has its hash: %(count)s questions."),
    "database.owned": message("The application owns its tables: the rights of the database do not protect the record here, only hashes and signatures do."),
    "database.rolled_back": message("The database was rolled back: the file outside it holds a checkpoint over %(size)s entries, the database ends at %(newest)s."),
    "derived": message("Columns, papers, standings, results and marks of all exams were computed again: %(attempts)s exams."),
    "entry.altered": message("This entry was changed after it was sealed at place %(index)s."),
    "entry.missing": message("This entry was deleted; its place in the log is %(index)s."),
    "entry.or_leaf_altered": message("This entry and its place %(index)s in the tree contradict each other."),
    "entry.stray": message("This entry is in no tree and does not wait for the sealer: it was slipped in, or its place was deleted."),
    "entry.unreadable": message("The bytes of this entry are no record of this log."),
    "file.altered": message("This checkpoint in the file outside the database was changed."),
    "file.behind": message("The newest checkpoint is not yet in the file outside the database."),
    "file.lacks": message("This checkpoint is missing in the file outside the database."),
    "file.missing": message("The file of checkpoints outside the database is missing; the database has %(count)s."),
    "file.shrinks": message("In the file outside the database the log shrinks here from %(before)s to %(size)s entries: the database was rolled back."),
    "file.unreadable": message("The file of checkpoints outside the database cannot be read."),
    "journal.unplayable": message("The steps of this exam cannot be replayed (%(why)s)."),
    "leaf.altered": message("This place of the tree was changed; the entry in it is whole."),
    "leaf.missing": message("This place of the tree was deleted."),
    "leaf.not_signed": message("From this place on %(count)s entries are under no signed checkpoint."),
    "live.differs": message("The standing of this exam says %(stored)s in %(column)s, its journal says %(said)s."),
    "live.missing": message("The standing of this exam is missing; it can be computed from its journal."),
    "log.checkpoints": message("All checkpoints are rightly signed and each is the beginning of the next: %(count)s, the newest over %(size)s entries."),
    "log.cut": message("The end of the log was cut off: a checkpoint covers %(size)s entries, %(leaves)s are there."),
    "log.entries": message("All entries were checked against the tree: %(count)s."),
    "log.unsealed": message("%(count)s entries wait for the sealer; until then only the database vouches for them."),
    "lot.not_from_seed": message("This lot does not follow from its seed."),
    "mark.differs": message("This mark is not what the journal gives."),
    "mark.missing": message("This mark is missing."),
    "mark.surplus": message("This mark belongs to no question of the paper."),
    "paper.altered": message("The paper of this exam was changed: it is not the one that the log names."),
    "paper.hash_altered": message("The hash of the paper was changed; the paper itself is whole."),
    "paper.unreadable": message("The paper of this exam cannot be read."),
    "result.missing": message("A result that the log names is missing."),
    "result.not_regradable": message("This result cannot be computed again (%(why)s)."),
    "result.other_grade": message("This result says %(stored)s points, the journal gives %(said)s."),
    "result.other_journal": message("This result was not computed from this journal."),
    "result.unnamed": message("No entry of the log names this result."),
    "row.altered": message("This row is not the one that the log vouches for."),
    "row.missing": message("A row that the log names is missing."),
    "row.unnamed": message("No entry of the log names this row."),
    "rows": message("The other evidence was compared with the log: %(count)s rows."),
    "roster.count": message("The log says that %(said)s candidates were entered in this session, %(stored)s are there."),
    "shallow": message("Columns, results and derived tables were not compared; the deep check does that."),
    "step.altered": message("The bytes of this step were changed."),
    "step.cut": message("The end of this journal was cut off: the log names %(length)s steps, %(steps)s are there."),
    "step.cut_unsealed": message("Steps at the end of this journal are missing: %(length)s were counted, %(steps)s are there."),
    "step.displaced": message("This step stands in the wrong place: the order was changed."),
    "step.hash_altered": message("The hash of this step was changed; its bytes are whole."),
    "step.missing": message("This step is missing; step %(found)s stands in its place."),
    "step.replaced": message("This journal is not the one whose head the log names: it was exchanged or made anew."),
    "step.unreadable": message("The bytes of this step are no record."),
    "trigger.missing": message("The database no longer refuses changes of this table: the trigger is missing or disabled."),
    "triggers": message("The database refuses to change or delete evidence: every trigger is in place."),
    "unsealed.placed": message("This entry is sealed, but still listed as waiting."),
    "window": message("What was deleted within the last seconds before sealing cannot be seen here; receipts and the terminals' own copies show it."),
}  # fmt: skip

# What the check of one attempt's export finds (domain.verification).
EXPORT: Final[dict[str, str]] = {
    "chain.broken": message("The chain of steps breaks at step %(step)s (%(fault)s)."),
    "chain.cut": message("Entry %(index)s knows %(length)s steps, here are %(steps)s: the end was cut off."),
    "chain.open": message("This exam has no closing step yet."),
    "chain.whole": message("The chain of %(count)s steps is whole."),
    "checkpoint.foreign": message("The checkpoint is of another log: %(origin)s."),
    "checkpoint.forked": message("The earlier checkpoint over %(size)s entries contradicts the newest."),
    "checkpoint.grown": message("The earlier checkpoint over %(size)s entries is the beginning of the newest."),
    "checkpoint.none": message("There is no checkpoint yet."),
    "checkpoint.signed": message("The checkpoint over %(size)s entries is rightly signed."),
    "clock.backwards": message("The clock goes back at step %(step)s."),
    "clock.forwards": message("The clock of the steps never goes back."),
    "clock.unknown": message("The steps do not tell their clock."),
    "demonstration": message("A demonstration, not valid: this was no exam."),
    "demonstration.hidden": message("Whether this was a demonstration differs from entry %(index)s."),
    "demonstration.unknown": message("Entry %(index)s does not say whether this was a demonstration."),
    "entry.in_log": message("All %(count)s entries about this exam are in the sealed log."),
    "entry.not_in_log": message("Entry %(index)s was changed or is not in the sealed log."),
    "format.unreadable": message("The record cannot be read (%(what)s)."),
    "head.behind": message("The last %(count)s steps are not sealed yet."),
    "head.differs": message("Step %(step)s is not the one that entry %(index)s sealed."),
    "head.named": message("Entry %(index)s seals the first %(length)s steps."),
    "head.none": message("No entry seals this chain of steps yet."),
    "key.pinned": message("Signatures were checked with this site's own key."),
    "outside.grading": message("The grading of the exported file cannot be repeated outside this site: the key is not in it."),
    "outside.omitted": message("Whether other entries were left out is shown by the check of the whole log."),
    "outside.person": message("The candidate's identity was not compared."),
    "paper.differs": message("The paper is not the one that entry %(index)s names."),
    "paper.same": message("The paper is the one that entry %(index)s names."),
    "paper.unnamed": message("No sealed entry names the paper yet."),
    "person.differs": message("The candidate's %(field)s does not fit the commitment in entry %(index)s."),
    "person.same": message("The candidate's %(field)s fits the commitment in entry %(index)s."),
    "person.unnamed": message("No sealed entry commits to the candidate's %(field)s."),
    "result.differs": message("A result is not the one that entry %(index)s names."),
    "result.none": message("There is no result."),
    "result.other_journal": message("This result was not computed from this journal."),
    "result.same": message("The result is the one that entry %(index)s names."),
    "result.unnamed": message("No sealed entry names this result yet."),
    "result.unvouched": message("Entry %(index)s does not name of this result: %(fields)s."),
    "step.foreign": message("Step %(step)s says that it belongs elsewhere."),
    "step.missing": message("In the place of step %(step)s stands step %(found)s: one is missing, or the order was changed."),
    "witness.none": message("No cosignature of a higher level yet."),
    "witness.seen": message("Cosigned by %(names)s."),
}  # fmt: skip


def sentence(finding: Finding, language: str) -> str:
    """A finding in words. Those with a table are of the site's check, those without may be of an export's."""
    known = SITE if finding.table else EXPORT
    msgid = known.get(finding.what) or SITE.get(finding.what) or EXPORT[finding.what]
    return text(language, msgid, **{name: _said(value) for name, value in finding.facts.items()})


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
