"""What errors say that only staff can meet, as (status, English message): in Chinese and English, never in Tibetan."""

from typing import Final

from .language import message

OFFICE_PROBLEMS: Final[dict[str, tuple[int, str]]] = {
    "access.own_work": (409, message("Four eyes: you had another part in this work; a second person must do it.")),
    "bank.not_drawable": (
        409,
        message(
            "Some questions may be drawn in no language: retired, incomplete or with a translation of older Chinese."
        ),
    ),
    "desk.changed_meanwhile": (409, message("Somebody else changed this question meanwhile.")),
    "desk.chinese_changed": (422, message("A translation may not change the Chinese, the key or the pictures.")),
    "desk.has_faults": (422, message("The question still breaks rules: mend what is marked in red first.")),
    "desk.import_not_read": (409, message("The file has not been read yet.")),
    "desk.import_taken": (409, message("This file has been taken over already.")),
    "desk.import_unknown": (410, message("There is no such import.")),
    "desk.no_copy": (409, message("This site has no working copy of the question bank yet: run “bank pull”.")),
    "desk.no_such_act": (422, message("There is no such act.")),
    "desk.no_translation": (409, message("There is no translation yet.")),
    "desk.nothing_ready": (409, message("No question is approved and complete yet: there is nothing to release.")),
    "desk.number_missing": (422, message("The release needs a number.")),
    "desk.number_taken": (409, message("There is a release or a proposal with this number already.")),
    "desk.picture_refused": (422, message("This picture was refused: %(reasons)s.")),
    "desk.picture_taken": (409, message("There is a picture with this name already: %(path)s.")),
    "desk.picture_undescribed": (
        422,
        message("A picture needs a kind, a plain name, what it means, and what one sees on it in both languages."),
    ),
    "desk.proposal_old": (409, message("A question was changed since this release was put together: propose it anew.")),
    "desk.proposal_unknown": (404, message("There is no such proposal.")),
    "desk.reason_missing": (422, message("Please give the reason.")),
    "desk.stale": (409, message("The Chinese was changed since this translation was made.")),
    "desk.unreadable": (
        422,
        message("The question would no longer be a whole question: something is missing or does not fit."),
    ),
    "desk.wrong_state": (409, message("This is not possible in the question's present state.")),
}
