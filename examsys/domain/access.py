"""Who may do what, where, and what one person may not hold together: roles and separation of duties as one table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .errors import RuleBroken


class Role(StrEnum):
    """What a post lets a person do; the Chinese names stand in the catalogues."""

    ACCEPTANCE = "acceptance"  # 受理岗
    EXAMINER = "examiner"  # 考试岗
    EXAMINATION_SUPERVISOR = "examination_supervisor"  # 监督岗
    SITE_MANAGER = "site_manager"  # 考场工作人员 of a service agency
    TRAINER = "trainer"
    TRANSLATOR = "translator"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    SUPERVISOR_AGENCY = "supervisor_agency"
    SUPERVISOR_BRIGADE = "supervisor_brigade"
    SUPERVISOR_VMO = "supervisor_vmo"
    SUPERVISOR_DETACHMENT = "supervisor_detachment"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"


class Act(StrEnum):
    """What can be asked of the house by staff; every guarded view names one."""

    SEE_DESK = "see_desk"  # the own start page
    CREATE_SESSION = "create_session"
    IMPORT_ROSTER = "import_roster"
    SEE_SESSIONS = "see_sessions"
    SEE_SEATS = "see_seats"
    RUN_SESSION = "run_session"  # take over, check in, release, pause, resume, move, end
    ASK = "ask"  # extra minutes, a second move, reopening
    DECIDE = "decide"
    SEE_ATTEMPTS = "see_attempts"
    READ_SHEET = "read_sheet"
    SEE_BANK = "see_bank"
    WRITE_QUESTIONS = "write_questions"  # the Chinese, key, picture, source; import
    TRANSLATE_QUESTIONS = "translate_questions"
    REVIEW_QUESTIONS = "review_questions"  # approve, return, retire; propose a release
    REVIEW_TRANSLATIONS = "review_translations"
    RECORD_AUDIO = "record_audio"
    PUBLISH_BANK = "publish_bank"
    SEE_FIGURES = "see_figures"  # how questions behave, also by language: never for candidates, never for the public
    SEE_LOG = "see_log"
    MANAGE_ACCOUNTS = "manage_accounts"
    SEE_SITE = "see_site"


_SUPERVISORS: Final = frozenset({Role.SUPERVISOR_BRIGADE, Role.SUPERVISOR_VMO, Role.SUPERVISOR_DETACHMENT})
_EVERYBODY: Final = frozenset(Role)

MAY: Final[Mapping[Act, frozenset[Role]]] = {
    Act.SEE_DESK: _EVERYBODY,
    Act.CREATE_SESSION: frozenset({Role.ACCEPTANCE}),
    Act.IMPORT_ROSTER: frozenset({Role.ACCEPTANCE}),
    Act.SEE_SESSIONS: frozenset({Role.ACCEPTANCE, Role.EXAMINER, Role.EXAMINATION_SUPERVISOR}) | _SUPERVISORS,
    Act.SEE_SEATS: frozenset({Role.SITE_MANAGER, Role.EXAMINER, Role.EXAMINATION_SUPERVISOR, Role.SUPERVISOR_AGENCY})
    | _SUPERVISORS,
    Act.RUN_SESSION: frozenset({Role.EXAMINER}),
    Act.ASK: frozenset({Role.EXAMINER}),
    Act.DECIDE: frozenset({Role.EXAMINATION_SUPERVISOR}),
    Act.SEE_ATTEMPTS: _SUPERVISORS,
    Act.READ_SHEET: frozenset({Role.ACCEPTANCE, Role.EXAMINER, Role.EXAMINATION_SUPERVISOR}) | _SUPERVISORS,
    Act.SEE_BANK: frozenset({Role.TRAINER, Role.TRANSLATOR, Role.REVIEWER, Role.PUBLISHER}),
    Act.WRITE_QUESTIONS: frozenset({Role.TRAINER}),
    Act.TRANSLATE_QUESTIONS: frozenset({Role.TRANSLATOR}),
    Act.REVIEW_QUESTIONS: frozenset({Role.REVIEWER}),
    Act.REVIEW_TRANSLATIONS: frozenset({Role.REVIEWER, Role.TRANSLATOR}),
    Act.RECORD_AUDIO: frozenset({Role.TRAINER, Role.TRANSLATOR}),
    Act.PUBLISH_BANK: frozenset({Role.PUBLISHER}),
    Act.SEE_FIGURES: frozenset(
        {
            Role.TRAINER,
            Role.TRANSLATOR,
            Role.REVIEWER,
            Role.PUBLISHER,
            Role.SUPERVISOR_VMO,
            Role.SUPERVISOR_DETACHMENT,
        }
    ),  # fmt: skip
    Act.SEE_LOG: frozenset({Role.AUDIT_ADMIN, Role.SUPERVISOR_DETACHMENT}),
    Act.MANAGE_ACCOUNTS: frozenset({Role.SECURITY_ADMIN}),
    Act.SEE_SITE: frozenset({Role.SYSTEM_ADMIN}),
}

# No person holds two of one group: posts of Order 162 and GB/T 22239 kept apart (evidence.md 4.4).
APART: Final[tuple[frozenset[Role], ...]] = (
    frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}),
    frozenset({Role.ACCEPTANCE, Role.EXAMINER, Role.EXAMINATION_SUPERVISOR, Role.SITE_MANAGER}),
    frozenset({Role.TRAINER, Role.REVIEWER, Role.PUBLISHER}),
    frozenset({Role.TRANSLATOR, Role.REVIEWER, Role.PUBLISHER}),
    frozenset({Role.EXAMINER, Role.TRAINER}),
    *(frozenset({Role.SITE_MANAGER, supervisor}) for supervisor in sorted(_SUPERVISORS)),
    *(frozenset({Role.EXAMINER, supervisor}) for supervisor in sorted(_SUPERVISORS)),
)


class Hand(StrEnum):
    """Whose hands a question goes through before candidates see it."""

    AUTHOR = "author"  # who wrote the Chinese
    TRANSLATOR = "translator"  # who wrote the translation
    REVIEWER = "reviewer"  # who approves the question, or separately its translation
    PROPOSER = "proposer"  # who puts a release together
    PUBLISHER = "publisher"
    SPEAKER = "speaker"  # whose voice a recording is, and who took it
    LISTENER = "listener"  # the second speaker of the dialect, who approves it


# Four eyes: whose hands the later one may not be. An author who knows both scripts may translate; nobody approves the own work,
# and who publishes has had no part in what is published.
NOT_ALSO: Final[Mapping[Hand, frozenset[Hand]]] = {
    Hand.REVIEWER: frozenset({Hand.AUTHOR, Hand.TRANSLATOR}),
    Hand.LISTENER: frozenset({Hand.SPEAKER}),
    Hand.PUBLISHER: frozenset(Hand) - {Hand.PUBLISHER},
}

# Reach: most roles act in their own unit; these see the units they supervise, directly or through others.
BELOW: Final = _SUPERVISORS | {Role.AUDIT_ADMIN, Role.EXAMINATION_SUPERVISOR}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a staff account in one of its posts, a candidate at a terminal, or the house itself (all None)."""

    account: str | None = None
    person: str | None = None
    post: str | None = None
    role: Role | None = None
    unit: str | None = None
    address: str | None = None
    attempt: str | None = None

    @property
    def id(self) -> str | None:
        """The id that an entry names as its actor."""
        return self.account or self.attempt


HOUSE: Final = Actor()


def may(role: Role | None, act: Act) -> bool:
    """Whether the table lets this role do this act anywhere at all."""
    return role is not None and role in MAY[act]


def may_reach(role: Role, own_unit: str, chain: Collection[str]) -> bool:
    """Whether an object is within the reach of a post: `chain` is its unit and all that supervise it, up to the top."""
    units = tuple(chain)
    return own_unit in units if role in BELOW else bool(units) and units[0] == own_unit


def check_apart(held: Collection[Role], wanted: Role) -> None:
    """RuleBroken('access.roles_apart') if a person who holds `held` may not also hold `wanted`."""
    for group in APART:
        for other in held:
            if other is not wanted and {other, wanted} <= group:
                raise RuleBroken("access.roles_apart", held=other.value, wanted=wanted.value)


def check_second_person(first: str | None, second: str | None) -> None:
    """RuleBroken('access.same_person') if the one who decides is the one who asked."""
    if first is None or second is None or first == second:
        raise RuleBroken("access.same_person")


def check_four_eyes(hand: Hand, person: str | None, others: Mapping[Hand, Collection[str]]) -> None:
    """RuleBroken('access.own_work') if this person may not be that hand, because of what they did before; RuleBroken('access.same_person') for nobody.

    `others`: by hand, the persons who had that part in the same question, translation or release.
    """
    if person is None:
        raise RuleBroken("access.same_person")
    for earlier in sorted(NOT_ALSO.get(hand, frozenset())):
        if person in others.get(earlier, ()):
            raise RuleBroken("access.own_work", hand=hand.value, earlier=earlier.value)
