"""The report for programs: JSON, annotations of GitHub Actions, and SARIF."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import quote

from bot.bank.problem import ERRORS, RULES, Problem
from bot.lint.documentation import section_of
from bot.lint.report import Report

Json: TypeAlias = dict[str, object]

SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_IN_MESSAGE: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY: Final = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def as_json(report: Report) -> str:
    """One object: the four numbers of the summary, `problems`, and `statistics` if wanted."""
    found: Json = {
        "quizzes": len(report.bank.catalogue),
        "questions": report.questions,
        "errors": report.errors,
        "warnings": report.warnings,
        "problems": [each.to_dict() for each in report.problems],
    }
    if report.statistics:
        found["statistics"] = report.statistics.to_dict()
    return json.dumps(found, ensure_ascii=False, indent=2)


def as_github(report: Report) -> str:
    """Workflow commands, one line for each problem; the summary is a line of the log.

    Escaped as the runner reads them: a per cent sign and line ends everywhere, colons and commas
    in properties too.
    """
    return "\n".join([*map(_annotation, report.problems), report.summary])


def _annotation(found: Problem) -> str:
    path = Path(os.path.relpath(found.path)).as_posix()
    properties = {"file": path, "line": str(found.line), "title": found.rule}
    listed = ",".join(f"{name}={_escaped(v, _IN_PROPERTY)}" for name, v in properties.items())
    return f"::{found.level} {listed}::{_escaped(found.message, _IN_MESSAGE)}"


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)


def as_sarif(report: Report) -> str:
    """Static Analysis Results Interchange Format, version 2.1.0 (OASIS, 2020).

    Paths are relative to the working folder, as code scanning wants them to the repository.
    """
    names = sorted({found.rule for found in report.problems})
    driver: Json = {
        "name": "quizbot lint",
        "rules": [_rule(name, report.help_url) for name in names],
    }
    run: Json = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(report, {name: at for at, name in enumerate(names)})),
    }
    log: Json = {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(name: str, help_url: str) -> Json:
    text = section_of(name)
    rule: Json = {
        "id": name,
        "shortDescription": {"text": RULES[name]},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": "error" if name in ERRORS else "warning"},
    }
    if help_url:
        rule["helpUri"] = f"{help_url}#{name}"
    return rule


def _results(report: Report, places: Mapping[str, int]) -> Iterator[Json]:
    for found in report.problems:
        location: Json = {
            "artifactLocation": {"uri": _uri(found.path)},
            "region": {"startLine": found.line},
        }
        yield {
            "ruleId": found.rule,
            "ruleIndex": places[found.rule],
            "level": found.level.value,
            "message": {"text": found.message},
            "locations": [{"physicalLocation": location}],
        }


def _uri(path: str) -> str:
    """Relative for what lies in the working folder, else the address of the file."""
    absolute = Path(path).absolute()
    here = Path.cwd()
    if absolute.is_relative_to(here):
        return quote(absolute.relative_to(here).as_posix())
    return absolute.as_uri()
