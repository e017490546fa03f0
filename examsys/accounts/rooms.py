"""The rooms of the house that staff have doors to, in the order of the work."""

from dataclasses import dataclass

from ..domain.access import Act
from ..web.errors import message


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the house: the endpoint of its first page, its name, what it is for, and the act that opens it."""

    endpoint: str
    label: str
    purpose: str
    act: Act


# In the order of the work. Rooms that are not built have no door: an endpoint that the app does not know is left out.
ROOMS = (
    Room("accounts.desk", message("Desk"), "", Act.SEE_DESK),
    Room(
        "invigilation.sessions",
        message("Sessions"),
        message("Sessions of the exam rooms: rosters, examiners by lot, check-in, the board."),
        Act.SEE_SESSIONS,
    ),
    Room(
        "invigilation.requests",
        message("Requests"),
        message("What examiners ask of the supervision post: minutes, second moves, reopening."),
        Act.DECIDE,
    ),
    Room(
        "invigilation.seats",
        message("Seats"),
        message("Which seats are free, taken or standing still; no names, no scores."),
        Act.SEE_SEATS,
    ),
    Room(
        "desk.board",
        message("Work on the questions"),
        message("What is missing for which paper; writing, translating, reviewing, releases."),
        Act.SEE_BANK,
    ),
    Room("bank.questions", message("Question bank"), message("The questions of the current release."), Act.SEE_BANK),
    Room(
        "desk_figures.questions",
        message("How questions behave"),
        message("How hard each question is, whether it tells who knows, whether it is fair in every language."),
        Act.SEE_FIGURES,
    ),
    Room(
        "supervision.attempts",
        message("Exam records"),
        message("Find a finished exam, read its whole course, replay and verify it."),
        Act.SEE_ATTEMPTS,
    ),
    Room("supervision.log", message("The log"), message("Entries, checkpoints, verification."), Act.SEE_LOG),
    Room(
        "accounts.register",
        message("Accounts"),
        message("Accounts of staff: disable, unlock, end sessions, reset passwords."),
        Act.MANAGE_ACCOUNTS,
    ),
)
