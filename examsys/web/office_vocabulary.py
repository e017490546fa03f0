"""Words of data that only staff see, named here so that the Chinese catalogue holds them (see vocabulary.py)."""

from .errors import message

FORMS = (  # what WTForms itself says
    message("This field is required."),
    message("Not a valid choice."),
    message("Not a valid choice"),
    message("Not a valid integer value."),
    message("Not a valid date value."),
    message("Invalid input."),
)
