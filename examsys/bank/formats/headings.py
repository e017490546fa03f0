"""Words of the trade in the columns of tables: our own headings, what others call the same, and names of our values.

The Chinese here is part of the file format, as a key of JSON is; what people read on pages stands in the catalogues.
"""

import re
import unicodedata
from collections.abc import Mapping

from examsys.domain.bank import Kind, Source

from .exchange import LETTERS

OWN: Mapping[str, str] = {
    "id": "编号",
    "kind": "题型",
    "zh": "题干（汉文）",
    "bo": "题干（藏文）",
    **{f"{letter}_{language}": f"选项{letter.upper()}（{name}）"
       for letter in LETTERS for language, name in (("zh", "汉文"), ("bo", "藏文"))},
    "key": "答案",
    "explanation_zh": "解析（汉文）",
    "explanation_bo": "解析（藏文）",
    "subject": "科目",
    "chapter": "章节",
    "families": "适用车型",
    "difficulty": "难度",
    "sources": "依据",
    "pictures": "题图",
    "fixed_order": "固定选项顺序",
}  # fmt: skip
"""The columns of our own template, in its order."""

GUIDE_SHEET = "填写说明"
"""The sheet of our template that explains it."""

OPTION_ROWS = ("option_letter", "option_zh", "option_bo", "option_right")
"""Fields of tables that give each option a row of its own."""

FIELDS = (
    *OWN, *(f"{letter}_picture" for letter in LETTERS), "options_zh", "options_bo", *OPTION_ROWS, "law", "article",
)  # fmt: skip
"""Everything that a column can mean."""

NAMES: Mapping[str, str] = {
    **OWN,
    **{f"{letter}_picture": f"选项{letter.upper()}（图片）" for letter in LETTERS},
    "options_zh": "全部选项在一格（汉文）",
    "options_bo": "全部选项在一格（藏文）",
    "option_letter": "一行一个选项：字母",
    "option_zh": "一行一个选项：文字（汉文）",
    "option_bo": "一行一个选项：文字（藏文）",
    "option_right": "一行一个选项：是否正确",
    "law": "法规名称",
    "article": "条款",
}
"""What the page of columns calls everything that a column can mean."""

_OTHERS: Mapping[str, str] = {
    "id": "题号 试题编号 题目编号 试题id 题目id id questionid number no",
    "kind": "题目类型 试题类型 类型 类别题型 type kind questiontype",
    "zh": "题干 题目 试题 试题内容 题目内容 题干内容 问题 汉文题干 中文题干 question title stem questiontext content",
    "bo": "藏文 藏文题干 藏语题干 题目藏文 questionbo stembo tibetan",
    "key": "正确答案 标准答案 参考答案 答案选项 正确选项 answer key correctanswer rightanswer correct ta val",
    "explanation_zh": "解析 试题解析 答案解析 题目解析 解释 说明 详解 explain explanation explains analysis bestanswer feedback",
    "explanation_bo": "藏文解析 解析藏文 explanationbo",
    "subject": "考试科目 所属科目 subject",
    "chapter": "所属章节 章 知识点 分类 chapter chapterid category",
    "families": "车型 准驾车型 适用准驾车型 驾照类型 cartype licencetype licensetype families",
    "difficulty": "难易程度 难易 难度等级 difficulty level",
    "sources": "法规依据 出处 来源 法律依据 source sources reference",
    "law": "法规 法律 法规名称 law",
    "article": "条款 条文 article",
    "pictures": "图片 图 题目图片 图片名称 图片地址 配图 插图 image img pic picture imageurl mediacontent url media",
    "fixed_order": "选项固定 不打乱选项 fixedorder",
    "options_zh": "选项 备选答案 答案项 可选项 选项内容 options choices option",
    "options_bo": "选项藏文 藏文选项 optionsbo",
    "option_letter": "选项字母 选项序号 选项编号 选项号 optionletter",
    "option_zh": "选项文字 选项描述 选项文本 单个选项 optiontext",
    "option_bo": "选项文字藏文 选项描述藏文",
    "option_right": "是否正确 是否正确答案 是否为答案 iscorrect isright isanswer",
}

KINDS: Mapping[Kind, str] = {Kind.JUDGE: "判断题", Kind.SINGLE: "单项选择题", Kind.MULTIPLE: "多项选择题"}
JUDGE_WORDS = ("正确", "错误")
SUBJECTS: Mapping[str, str] = {"subject1": "科目一", "subject3": "科目三安全文明驾驶常识"}
FAMILIES: Mapping[str, str] = {"car": "小型汽车", "bus": "客车", "truck": "货车", "moto": "摩托车"}
DIFFICULTIES: Mapping[int, str] = {1: "易", 2: "中", 3: "难"}
CHAPTERS: Mapping[str, str] = {
    "licence_and_vehicle": "驾驶证和机动车管理规定",
    "road_rules": "道路通行条件及通行规定",
    "violations": "道路交通违法行为及处罚",
    "accidents": "道路交通事故处理规定",
    "vehicle_basics": "机动车基础知识",
    "local_law": "地方性法规及高原道路",
    "safe_driving": "安全行车常识",
    "civilised_driving": "文明行车常识",
    "signals_in_scenes": "道路交通信号在交通场景中的综合应用",
    "weather_and_roads": "恶劣气象和复杂道路条件下安全驾驶",
    "emergencies": "紧急情况下避险常识",
    "secondary_accident_first_aid": "防范次生事故处置与伤员急救",
    "case_analysis": "典型事故案例分析",
}
_KIND_WORDS: Mapping[str, Kind] = {
    **dict.fromkeys(
        ["判断", "是非", "判断题", "是非题", "对错题", "truefalse", "judge", "tf", "judgement", "judgment", "boolean"],
        Kind.JUDGE,
    ),
    **dict.fromkeys(
        ["单选", "单选题", "单项选择", "单项选择题", "单选择题", "single", "singlechoice", "radio"], Kind.SINGLE
    ),
    **dict.fromkeys(
        ["多选", "多选题", "多项选择", "多项选择题", "multiple", "multi", "multiplechoice", "checkbox"], Kind.MULTIPLE
    ),
}
_SUBJECT_WORDS = {"科目一": "subject1", "科一": "subject1", "科目1": "subject1", "kemu1": "subject1",
                  "科目三": "subject3", "科目四": "subject3", "科四": "subject3", "科目4": "subject3", "kemu4": "subject3",
                  "科目三理论": "subject3", "安全文明驾驶常识": "subject3"}  # fmt: skip
_CLASSES = {"C1": "car", "C2": "car", "C3": "car", "C4": "car", "C5": "car", "A1": "bus", "A3": "bus", "B1": "bus",
            "A2": "truck", "B2": "truck", "D": "moto", "E": "moto", "F": "moto", "小车": "car", "轿车": "car",
            "汽车": "car", "大客车": "bus", "大货车": "truck", "卡车": "truck", "摩托": "moto"}  # fmt: skip
_LEVELS = {"简单": 1, "容易": 1, "低": 1, "中等": 2, "一般": 2, "困难": 3, "较难": 3, "高": 3,
           "easy": 1, "medium": 2, "hard": 3}  # fmt: skip
_BRACKETED = re.compile(r"^《(.+)》\s*([^《》]+)$")


def bare_heading(text: str) -> str:
    """A heading as it is compared: no width, case, spaces, brackets or stars."""
    return re.sub(r"[\s_\-*()\[\]（）【】:：]|必填|选填", "", unicodedata.normalize("NFKC", text)).casefold()


def field_of(heading: str) -> str | None:
    """What a column means by its heading; None where nobody knows."""
    return _KNOWN.get(bare_heading(heading))


def _known() -> dict[str, str]:
    found = {bare_heading(word): name for name, words in _OTHERS.items() for word in words.split()}
    for place, letter in enumerate(LETTERS, start=1):
        for word in (
            "选项{}",
            "答案{}",
            "备选项{}",
            "{}选项",
            "{}",
            "option{}",
            "choice{}",
            "answer{}",
            "item{}",
            "an{}",
            "{}项",
        ):
            for name in (letter, str(place)):
                if not word.format(name).isdecimal():
                    found[bare_heading(word.format(name))] = f"{letter}_zh"
        for word in ("选项{}藏文", "藏文选项{}", "option{}bo"):
            found[bare_heading(word.format(letter))] = f"{letter}_bo"
        for word in ("选项{}图片", "选项{}图", "图片{}", "option{}image", "image{}"):
            found[bare_heading(word.format(letter))] = f"{letter}_picture"
    return (
        found | {bare_heading(name): name for name in FIELDS} | {bare_heading(name): key for key, name in OWN.items()}
    )


_KNOWN = _known()


def kind_of(text: str) -> Kind | None:
    """The kind of question that a word names."""
    return _KIND_WORDS.get(bare_heading(text))


def subject_of(text: str) -> str | None:
    """The subject that a word names; Subject 4 is what people call the theory of Subject 3."""
    return _slug(SUBJECTS, text) or _SUBJECT_WORDS.get(bare_heading(text))


def chapter_of(text: str) -> str | None:
    """The chapter that a name or slug names."""
    return _slug(CHAPTERS, text)


def families_of(text: str) -> tuple[str, ...] | None:
    """The families of a list of names or licence classes (C1,C2); None if one of them is unknown."""
    words = [word for word in re.split(r"[\s,，、;；/|]+", text) if word]
    found = [_slug(FAMILIES, word) or _CLASSES.get(word.upper()) for word in words]
    if None in found:
        return None
    return tuple(family for family in FAMILIES if family in found)


def difficulty_of(text: str) -> int | None:
    """1 to 3 for a number or a word; None for anything else."""
    word = text.strip().casefold()
    if word in ("1", "2", "3"):
        return int(word)
    return next((level for level, name in DIFFICULTIES.items() if name == word), None) or _LEVELS.get(word)


def sources_of(text: str) -> tuple[Source, ...]:
    """Sources of a cell: 《law》article, or law|article, one a line or between semicolons."""
    found = []
    for line in re.split(r"[\n;；]", text):
        named, (law, bar, article) = _BRACKETED.match(line.strip()), line.replace("｜", "|").partition("|")
        if named:
            found.append(Source(named.group(1).strip(), named.group(2).strip()))
        elif bar and law.strip() and article.strip():
            found.append(Source(law.strip(), article.strip()))
        elif line.strip():
            found.append(Source(line.strip(), ""))
    return tuple(found)


def sources_cell(sources: tuple[Source, ...]) -> str:
    """A cell that `sources_of` gives back."""
    natural = "；".join(f"《{source.law}》{source.article}" for source in sources)
    return natural if sources_of(natural) == sources else "\n".join(f"{s.law}|{s.article}" for s in sources)


def _slug(names: Mapping[str, str], text: str) -> str | None:
    bare = bare_heading(text)
    return next((slug for slug, name in names.items() if bare in (bare_heading(slug), bare_heading(name))), None)
