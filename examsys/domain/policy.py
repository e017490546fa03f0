"""The numbers of the law by date: what a policy version says of papers, retakes, security and the site's profile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .errors import RuleBroken

SUBJECT1: Final = "subject1"
SUBJECT3: Final = "subject3"


@dataclass(frozen=True, slots=True)
class Policy:
    """One dated version of the numbers. `version` is the day from which it holds; `values` is nested plain data."""

    version: str
    values: Mapping[str, Any]

    def value(self, path: str) -> Any:
        """The number at a dotted path; KeyError names a path that the policy does not have."""
        found: Any = self.values
        for name in path.split("."):
            if not isinstance(found, Mapping) or name not in found:
                raise KeyError(path)
            found = found[name]
        if isinstance(found, Mapping) and "value" in found:
            return found["value"]
        return found

    def for_profile(self, profile: str) -> "Policy":
        """The policy as a site's profile overrides it; only keys named in `site_may` can be."""
        overrides = self.values.get("profiles", {}).get(profile, {})
        allowed = set(self.values.get("site_may", ()))
        if set(overrides) - allowed:
            raise RuleBroken("policy.not_the_sites", keys=sorted(set(overrides) - allowed))
        switches = {**self.values["switches"], **{key: {"value": value} for key, value in overrides.items()}}
        return Policy(self.version, {**self.values, "switches": switches})

    def switch(self, name: str) -> bool:
        """Whether a switch is on."""
        return bool(self.value(f"switches.{name}"))


def policy_on(versions: Sequence[Policy], day: str) -> Policy:
    """The version in force on a day (ISO date). RuleBroken('policy.none_in_force') before the first."""
    in_force = [policy for policy in versions if policy.version <= day]
    if not in_force:
        raise RuleBroken("policy.none_in_force", day=day)
    return max(in_force, key=lambda policy: policy.version)


def family_of(policy: Policy, licence_class: str) -> str:
    """The family of papers of a licence class; RuleBroken('paper.no_family') for classes that have none (C6, M, N, P)."""
    for family, classes in policy.value("classes.families").items():
        if licence_class in classes:
            return str(family)
    raise RuleBroken("paper.no_family", licence_class=licence_class)
