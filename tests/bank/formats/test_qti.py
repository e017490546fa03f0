"""QTI packages of all three versions, as others make them."""

import pytest

from examsys.bank.formats.exchange import FileKind
from examsys.domain.bank import Kind
from tests.bank.formats.making import OPTIONS, STEM, SVG, fault, only, png, read, refusals, warnings, zipped


def item2(body: str, right: tuple[str, ...] = ("ChoiceA",), cardinality: str = "single", version: str = "2p1") -> str:
    values = "".join(f"<value>{name}</value>" for name in right)
    return (
        f'<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v{version}" identifier="i1" title="t">'
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="identifier"><correctResponse>{values}</correctResponse></responseDeclaration>'
        f"<itemBody>{body}</itemBody></assessmentItem>"
    )


def choices2(stem: str = STEM) -> str:
    simple = "".join(
        f'<simpleChoice identifier="Choice{letter}">{text}</simpleChoice>'
        for letter, text in zip("ABCD", OPTIONS, strict=True)
    )
    return f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1"><prompt>{stem}</prompt>{simple}</choiceInteraction>'


def package(kind: str = "imsqti_item_xmlv2p1", root: str = "", **items: str | bytes) -> bytes:
    listed = "".join(f'<resource identifier="{name}" type="{kind}" href="items/{name}.xml"/>' for name in items)
    manifest = f'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>{listed}</resources></manifest>'
    files = {f"{root}items/{name}.xml": item for name, item in items.items()}
    return zipped({f"{root}imsmanifest.xml": manifest, **files, f"{root}images/a.png": png()})


@pytest.mark.parametrize(("version", "kind"), [("2p1", FileKind.QTI21), ("2p2", FileKind.QTI22)])
@pytest.mark.parametrize("root", ["", "export/"])
def test_packages_of_version_2(version: str, kind: FileKind, root: str) -> None:
    content = package(f"imsqti_item_xmlv{version}", root, q=item2(choices2(), version=version))
    report = read(content)
    assert report.kind is kind
    (row,) = report.rows
    assert (row.stem.zh, row.key, row.id) == (STEM, frozenset("a"), "i1")
    assert [option.text.zh for option in row.options] == list(OPTIONS)


def test_a_package_of_version_3_with_pictures_and_both_languages() -> None:
    item = (
        '<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i3" title="t" time-dependent="false">'
        '<qti-response-declaration identifier="R" cardinality="multiple" base-type="identifier"><qti-correct-response><qti-value>x</qti-value><qti-value>z</qti-value>'
        '</qti-correct-response></qti-response-declaration><qti-item-body><p><img src="../images/a.png" alt=""/></p>'
        '<qti-choice-interaction response-identifier="R" max-choices="0" shuffle="false"><qti-prompt><span xml:lang="zh">注意什么？</span><span xml:lang="bo">ཅི་ཞིག</span></qti-prompt>'
        '<qti-simple-choice identifier="x">甲</qti-simple-choice><qti-simple-choice identifier="y">乙</qti-simple-choice><qti-simple-choice identifier="z">丙</qti-simple-choice>'
        "</qti-choice-interaction></qti-item-body></qti-assessment-item>"
    )
    report = read(package("imsqti_item_xmlv3p0", q=item))
    assert report.kind is FileKind.QTI30
    (row,) = report.rows
    assert (row.kind, row.key, row.fixed_order) == (Kind.MULTIPLE, frozenset("ac"), True)
    assert (row.stem.zh, row.stem.bo) == ("注意什么？", "ཅི་ཞིག")
    assert row.media == {"images/a.png": png()}


def test_one_item_without_a_package() -> None:
    assert only(item2(choices2())).key == frozenset("a")


def test_a_judge_question_by_its_two_words() -> None:
    body = '<p>雪天可以急刹车。</p><choiceInteraction responseIdentifier="RESPONSE"><simpleChoice identifier="t">对</simpleChoice><simpleChoice identifier="f">错</simpleChoice></choiceInteraction>'
    row = only(item2(body, ("f",)))
    assert (row.kind, row.key, row.stem.zh, row.options) == (Kind.JUDGE, frozenset(["wrong"]), "雪天可以急刹车。", ())


def test_points_by_mapping_where_no_response_is_called_correct() -> None:
    item = item2(choices2()).replace(
        "<correctResponse><value>ChoiceA</value></correctResponse>",
        '<mapping><mapEntry mapKey="ChoiceB" mappedValue="1"/><mapEntry mapKey="ChoiceC" mappedValue="-1"/><mapEntry mapKey="ChoiceD" mappedValue="0"/></mapping>',
    )
    assert only(item).key == frozenset("b")


def test_items_are_refused_one_by_one() -> None:
    other = item2('<textEntryInteraction responseIdentifier="RESPONSE"/>')
    two = item2(choices2() + choices2())
    report = read(
        package(
            good=item2(choices2()),
            other=other,
            two=two,
            broken="<assessmentItem",
            evil='<!DOCTYPE x [<!ENTITY e "x">]><assessmentItem/>',
        )
    )
    assert report.counts == {"in": 5, "taken": 0, "taken_with_warnings": 1, "refused": 4}
    keys = [[reason.key for reason in outcome.refusals] for outcome in report.outcomes]
    assert keys == [[], ["kind.unsupported"], ["kind.unsupported"], ["xml.unreadable"], ["xml.entities"]]
    assert report.outcomes[4].refusals[0].place.cell == "items/evil.xml"


def test_several_right_answers_or_none_are_refused() -> None:
    assert refusals(item2(choices2(), ("ChoiceA", "ChoiceB"))) == []
    assert refusals(item2(choices2(), ())) == ["key.missing"]
    assert refusals(item2(choices2(), ("ChoiceX",))) == ["key.beyond_options"]


def test_a_manifest_that_leads_out_or_names_nothing() -> None:
    def leading(href: str) -> bytes:
        manifest = f'<manifest><resources><resource type="imsqti_item_xmlv2p1" href="{href}"/></resources></manifest>'
        return zipped({"imsmanifest.xml": manifest, "a.svg": SVG})

    for href in ("../../etc/passwd", "/etc/passwd", "http://example.com/i.xml", "gone.xml"):
        assert refusals(leading(href)) == ["qti.item_missing"]
    assert fault(zipped({"imsmanifest.xml": "<manifest/>"})) == "qti.no_items"


def test_tests_in_a_package_are_passed_over_and_old_qti_is_named() -> None:
    manifest = '<manifest><resources><resource type="imsqti_test_xmlv2p1" href="t.xml"/><resource type="imsqti_item_xmlv2p1" href="q.xml"/></resources></manifest>'
    report = read(zipped({"imsmanifest.xml": manifest, "q.xml": item2(choices2()), "t.xml": "<assessmentTest/>"}))
    assert [reason.key for reason in report.passed_over] == ["qti.no_item"]
    assert fault("<questestinterop/>") == "file.old_qti"


def test_a_package_of_an_older_maker_is_read() -> None:
    """Addresses in the manifest are written as addresses, its XML is in GBK, folders are parted by backslashes."""
    head = '<?xml version="1.0" encoding="GB2312"?>'
    manifest = f'{head}<manifest><resources><resource type="imsqti_item_xmlv2p1" href="items/%E9%A2%98%201.xml"/></resources></manifest>'
    item = head + item2(choices2())
    content = zipped({"imsmanifest.xml": manifest.encode("gb18030"), "items\\题 1.xml": item.encode("gb18030")})
    assert only(content).key == frozenset("a")


def test_of_two_feedbacks_the_second_is_left_out_with_a_warning() -> None:
    said = '<modalFeedback identifier="right">因为法律规定。</modalFeedback><modalFeedback identifier="wrong">再想想。</modalFeedback>'
    (outcome,) = read(item2(choices2()).replace("</assessmentItem>", f"{said}</assessmentItem>")).outcomes
    assert outcome.row is not None
    assert outcome.row.explanation.zh == "因为法律规定。"
    assert "feedback.left_out" in warnings(outcome)
