"""The one error that the rules of the trade raise."""


class RuleBroken(Exception):  # noqa: N818  the name reads as the sentence it is
    """A rule was not kept; nothing has been changed.

    `key` is the id of the message that people read (`attempt.time_over`); the sentence itself stands in the catalogues.
    `facts` are the values that the sentence names, never a sentence and never personal data.
    """

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts

    def __str__(self) -> str:
        named = ", ".join(f"{name}={value!r}" for name, value in sorted(self.facts.items()))
        return f"{self.key} ({named})" if named else self.key
