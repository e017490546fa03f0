"""The policy that is in force here: `policy.yaml` by date, as the site's profile overrides it."""

from functools import lru_cache
from pathlib import Path

import yaml

from .domain.policy import Policy, policy_on

FILE = Path(__file__).with_name("policy.yaml")


@lru_cache(maxsize=1)
def versions() -> tuple[Policy, ...]:
    """All dated versions."""
    read = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return tuple(Policy(str(version["valid_from"]), version) for version in read)


@lru_cache(maxsize=64)
def policy_for(profile: str, day: str) -> Policy:
    """The policy of a profile on a day (ISO)."""
    return policy_on(versions(), day).for_profile(profile)
