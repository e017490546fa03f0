"""Templates: those that views ask for are there, none is forgotten, and none brings a script or a style of its own."""

import ast
import re

from flask import Flask

from examsys.app import create_app
from tests.house.sources import ROOT, calls, modules, name_of

FOLDER = ROOT / "templates"
PAPERS = "certificates/"  # typeset, never served to a browser
ALL = {path.relative_to(FOLDER).as_posix(): path.read_text("utf-8") for path in sorted(FOLDER.rglob("*.html"))}


def asked_for() -> dict[str, str]:
    """Every template that the code names, with where."""
    found = {}
    for path, tree in modules():
        for name, call in calls(tree):
            if name.split(".")[-1] in ("render_template", "get_template", "template"):
                for argument in call.args[:1]:
                    for node in ast.walk(argument):
                        if isinstance(node, ast.Constant) and re.fullmatch(r"\w[\w/]*\.html", str(node.value)):
                            found[str(node.value)] = f"{name_of(path)}:{call.lineno}"
    return found


def test_every_template_that_is_asked_for_is_there() -> None:
    assert {name: where for name, where in asked_for().items() if name not in ALL} == {}


def test_every_template_that_is_included_is_there() -> None:
    missing = {}
    for name, text in ALL.items():
        for other in re.findall(r"{%-?\s*(?:extends|include|import|from)\s+[\"']([^\"']+)[\"']", text):
            if other not in ALL:
                missing[other] = name
    assert missing == {}


def test_no_template_is_forgotten() -> None:
    code = "\n".join(path.read_text("utf-8") for path, _ in modules())
    text = code + "\n".join(ALL.values())
    stems = set(re.findall(r"board_\{name\}|[\w/]+\.html", text))
    forgotten = [name for name in ALL if name not in stems and not ("board_" in name and "board_{name}" in stems)]
    assert forgotten == []


def test_no_template_brings_a_script_or_a_style_of_its_own() -> None:
    found = []
    for name, text in ALL.items():
        bare = re.sub(r"{#.*?#}", "", text, flags=re.S)
        if re.search(r"\sstyle\s*=", bare) or (
            re.search(r"<style\b", bare) and not name.startswith(PAPERS) and "print" not in name
        ):
            found.append(f"{name}: style")
        if re.search(r"<[^>]*\son[a-z]+\s*=", re.sub(r"{[{%].*?[%}]}", "", bare, flags=re.S)):
            found.append(f"{name}: event handler")
        for attributes, inside in re.findall(r"<script\b([^>]*)>(.*?)</script>", bare, re.S):
            if "src=" not in attributes and "application/json" not in attributes and inside.strip():
                found.append(f"{name}: script")
        if re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", bare):
            found.append(f"{name}: something from elsewhere")
        if re.search(r"\|\s*safe\b|{%-?\s*autoescape\s+false", bare):
            found.append(f"{name}: unescaped")
    assert found == []


def test_no_sentence_stands_in_a_template_without_the_catalogues() -> None:
    found = []
    for name, text in ALL.items():
        bare = re.sub(r"{#.*?#}|{{.*?}}|{%.*?%}|<[^>]*>|&\w+;", " ", text, flags=re.S)
        if name.startswith(PAPERS) or name.startswith("layout/print"):
            continue
        for line in bare.splitlines():
            if re.search(r"[A-Za-z]{3,}\s+[a-z]{2,}", line) or re.search("[\u4e00-\u9fff\u0f40-\u0fbc]{2}", line):
                found.append(f"{name}: {line.strip()[:60]}")
    assert found == []


def test_every_endpoint_has_a_flat_of_its_own_name() -> None:
    """Flat = blueprint = URL prefix = template folder."""
    app: Flask = create_app()
    for rule in app.url_map.iter_rules():
        if "." in rule.endpoint:
            flat = rule.endpoint.split(".")[0]
            prefix = rule.rule.split("/")[1]
            assert prefix == flat or (flat, prefix) in {
                ("accounts", "staff"),
                ("doors", ""),
                ("desk_figures", "desk"),
            }, rule
