"""Which passwords staff may choose."""

import pytest

from examsys.accounts.passwords import common
from examsys.domain.errors import RuleBroken
from examsys.domain.passwords import check_password


@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("eleven sign", "account.weak_password"),
        ("x9 " * 134, "account.long_password"),
        ("the DROLMA of my house", "account.own_name"),
        *((text, "account.common_password") for text in (
            "aaaaaaaaaaaa", "abcabcabcabc", "hq7x!hq7x!hq7x!", "123456789012", "abcdefghijklm", "112233445566", "qwertyuiopasdf",
            "password1234", "P@ssw0rd2026", "Password-Admin-1", "ganzi20260101", "Kaoshi!!!!2026", "1qaz2wsx3edc", "woaizhongguo88",
            "kangdingkaoshi", "密码密码管理员考试2026", "iloveyouforever", "2026examsys2026",
        )),
    ],
)  # fmt: skip
def test_what_is_tried_first_is_refused_and_why_is_said(password: str, key: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        check_password(password, "drolma", common())
    assert broken.value.key == key


@pytest.mark.parametrize(
    "password",
    [
        "snow lion on the pass",
        "password of a yak herder",
        "kK3-vE9_tQ7xWm",
        "红柳滩上的三头牦牛在吃草",
        "བོད་ཀྱི་གངས་རི་དཀར་པོ",
        "a" + "zq4!xw" * 3,
    ],
)
def test_whatever_else_is_long_enough_is_taken_of_whatever_signs(password: str) -> None:
    check_password(password, "drolma", common())


def test_a_user_name_of_two_signs_stands_in_too_many_words_to_be_asked_for() -> None:
    check_password("snow lion on the pass", "on", common())
