"""Words that only stand in data (policy, seats, kinds of a paper), named here so that the catalogues hold them.

Everything in this file is shown to candidates, learners or the public, so each word has both languages. What only staff
see stands in office_vocabulary.py.
"""

from .errors import message

ANSWERS = (message("Right"), message("Wrong"))
SUBJECTS = (message("Subject 1"), message("Subject 3 theory"))
REASONS = (
    message("First licence"),
    message("Adding a class"),
    message("Restoration"),
    message("12-point exam"),
)
RESULTS = (  # a result on the score sheet
    message("Passed"),
    message("Not passed"),
    message("%(points)s points, %(word)s"),
    message("%(points)s points, %(word)s, regraded"),
)
ANIMALS = (
    message("Yak"),
    message("Horse"),
    message("Sheep"),
    message("Goat"),
    message("Deer"),
    message("Crane"),
    message("Eagle"),
    message("Hare"),
    message("Antelope"),
    message("Snow leopard"),
)
COLOURS = (message("Blue"), message("Orange"), message("Green"), message("Red"))  # of seats, on the admission slip
