"""The people of the tests. Every test of a permission is a sentence about them.

Tashi sits exams at the Kangding room. Drolma runs that room. Wangdu is the chief of the brigade of another county, and Lhamo
of the detachment above all of them. Their ID numbers begin with a region that does not exist.
"""

from dataclasses import dataclass

from examsys.domain.access import Role
from examsys.domain.identity import id_check_digit

PASSWORD = "snow lion on the pass"
REGION = "990000"


@dataclass(frozen=True)
class Person:
    """Somebody with a name and a number."""

    name: str
    name_bo: str
    id_number: str


@dataclass(frozen=True)
class Staff(Person):
    """Somebody with a post; `unit` is a name of `factories.UNITS`."""

    username: str
    role: Role
    unit: str


def id_number(number: int) -> str:
    """The n-th ID number that no person bears."""
    body = f"{REGION}1990{1 + number // 28 % 12:02d}{1 + number % 28:02d}{number % 999 + 1:03d}"
    return body + id_check_digit(body)


def candidate(number: int) -> Person:
    """The n-th candidate beside Tashi."""
    return Person(f"考生{number:03d}", "རྒྱུགས་སྤྲོད་པ།", id_number(number))


TASHI = Person("扎西", "བཀྲ་ཤིས།", id_number(0))


def _staff(number: int, username: str, name: str, role: Role, unit: str) -> Staff:
    return Staff(name, "", id_number(900 + number), username, role, unit)


DROLMA = _staff(0, "drolma", "卓玛", Role.EXAMINER, "kangding")
WANGDU = _staff(1, "wangdu", "旺堆", Role.SUPERVISOR_BRIGADE, "litang")
LHAMO = _staff(2, "lhamo", "拉姆", Role.SUPERVISOR_DETACHMENT, "detachment")
YANGJEN = _staff(3, "yangjen", "央珍", Role.ACCEPTANCE, "kangding")
NORBU = _staff(4, "norbu", "罗布", Role.EXAMINATION_SUPERVISOR, "kangding")
PASANG = _staff(5, "pasang", "巴桑", Role.EXAMINER, "litang")
KELSANG = _staff(6, "kelsang", "格桑", Role.SITE_MANAGER, "kangding_agency")
LIQIANG = _staff(7, "liqiang", "李强", Role.SUPERVISOR_BRIGADE, "kangding")
TSERING = _staff(8, "tsering", "次仁", Role.SUPERVISOR_VMO, "vehicle_office")
ZHAOWEI = _staff(9, "zhaowei", "赵伟", Role.AUDIT_ADMIN, "detachment")
DAWA = _staff(10, "dawa", "达瓦", Role.SECURITY_ADMIN, "detachment")
WANGFANG = _staff(11, "wangfang", "王芳", Role.SYSTEM_ADMIN, "detachment")
JAMTSO = _staff(12, "jamtso", "降措", Role.TRAINER, "vehicle_office")
RINCHEN = _staff(13, "rinchen", "仁青", Role.TRANSLATOR, "vehicle_office")
YUNGDRUNG = _staff(14, "yungdrung", "拥措", Role.REVIEWER, "vehicle_office")
ZHANGMING = _staff(15, "zhangming", "张明", Role.PUBLISHER, "vehicle_office")
PEMA = _staff(16, "pema", "白玛", Role.SUPERVISOR_AGENCY, "kangding_agency")
TENZIN = _staff(17, "tenzin", "丹增", Role.ACCEPTANCE, "litang")

STAFF = (
    DROLMA, WANGDU, LHAMO, YANGJEN, NORBU, PASANG, KELSANG, LIQIANG, TSERING, ZHAOWEI, DAWA, WANGFANG, JAMTSO, RINCHEN,
    YUNGDRUNG, ZHANGMING, PEMA, TENZIN,
)  # fmt: skip
