"""What the pages of the exam room call things: states, needs, kinds of requests, faults of a roster. Messages, not sentences in code."""

from ..web.errors import message

SESSION_STATES = {
    "planned": message("Planned"),
    "matched": message("Examiner drawn"),
    "open": message("Under way"),
    "ended": message("Ended"),
}
SESSION_TONES = {"planned": "", "matched": "attention", "open": "fine", "ended": "quiet"}
STATES = {
    "waiting": message("Checked in"),
    "ready": message("May start"),
    "running": message("Writing"),
    "paused": message("Paused"),
    "closed": message("Finished"),
}
NEEDS = {
    "locked": message("Sign-in locked after failed tries"),
    "silent": message("No contact with the terminal"),
    "makeup": message("Waits for the make-up"),
    "paused": message("Paused: waits to go on"),
    "waiting": message("At the seat: waits for the start"),
}
SEAT_STATES = {
    "free": message("Free"),
    "taken": message("Taken"),
    "running": message("Exam running"),
    "paused": message("Standing still"),
    "over": message("Finished"),
}
SEAT_TONES = {"free": "quiet", "taken": "", "running": "fine", "paused": "attention", "over": "quiet"}
SUBJECTS = {"subject1": message("Subject 1"), "subject3": message("Subject 3 theory")}
LANGUAGES = {"bo": message("Tibetan"), "zh": message("Chinese"), "both": message("Tibetan and Chinese")}
REASONS = {
    "first": message("First licence"),
    "adding": message("Adding a class"),
    "restoration": message("Restoration"),
    "full_points": message("12-point exam"),
}
COLOURS = {
    "lake": message("Blue"),
    "saffron": message("Orange"),
    "meadow": message("Green"),
    "madder": message("Red"),
}
FAULTS = {
    "roster.encoding": message("The file is neither UTF-8 nor GB 18030 text."),
    "roster.not_csv": message("The file is not a CSV table."),
    "roster.columns": message("Columns are missing. Please use the template."),
    "roster.empty": message("The file has no candidates."),
    "roster.too_many": message("There are more candidates than seats left in this session."),
    "roster.signs": message("A cell is too long or holds signs that no name has."),
    "roster.empty_cell": message("Serial number or name is missing."),
    "roster.id_number": message("The ID number is not valid."),
    "roster.subject": message("The subject is not known."),
    "roster.reason": message("The reason for the exam is not known."),
    "roster.language": message("The language is not known."),
    "roster.dialect": message("The dialect of the audio paper is not known."),
    "roster.dialect_language": message("The dialect of the audio paper is none of the candidate's language."),
    "roster.audio_missing": message(
        "No audio paper in this dialect: %(missing)s texts of the paper are not recorded and approved."
    ),
    "roster.licence_class": message("There is no theory paper for this class."),
    "roster.repeated": message("This candidate stands in the file twice."),
    "roster.already": message("This candidate is already on the roster."),
    "roster.name_differs": message("This ID number is known here under another name."),
}
