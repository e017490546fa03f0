"""Words of data that only staff see, named here so that the Chinese catalogue holds them (see vocabulary.py)."""

from .errors import message

ROLES = (
    message("Acceptance post"),
    message("Examination post"),
    message("Supervision post"),
    message("Exam room staff"),
    message("Trainer"),
    message("Translator"),
    message("Reviewer"),
    message("Publisher"),
    message("Supervisor of agencies"),
    message("Brigade supervisor"),
    message("Vehicle management office supervisor"),
    message("Detachment supervisor"),
    message("System administrator"),
    message("Security administrator"),
    message("Audit administrator"),
)
FORMS = (  # what WTForms itself says
    message("This field is required."),
    message("Not a valid choice."),
    message("Not a valid choice"),
    message("Not a valid integer value."),
    message("Not a valid date value."),
    message("Invalid input."),
)
