"""Names from paths: the slug of a page, its track and level, and a title in plain words."""

import re
from pathlib import PurePath
from typing import Final

from bot.bank.links import is_index
from bot.quiz.level import LEVELS, level_rank
from bot.quiz.question import Slug

_SPELLED: Final = """
AI API ARM AWS CD CI CLI CPU CSS DB DNS EC2 ECS EKS GCP GPU HTML HTTP IAM IP JSON JVM LLM ML
OOP OS PHP QA RAG RDS REST S3 SDK SQL SRE SSH SSL TCP TLS UI UX VM VPC VPN XML YAML Ansible
Azure Bash DevOps Docker Git GitHub GitLab Go GraphQL Helm Java JavaScript Jenkins Kafka
Kubernetes Linux MySQL NumPy PostgreSQL Prometheus Python Redis Ruby Rust Slack SysOps
Terraform TypeScript Valkey Windows
"""
_SPELLING: Final = {name.lower(): name for name in _SPELLED.split()}
_NOT_IN_A_SLUG: Final = re.compile(r"[^\w]+")
_NUMBERED: Final = re.compile(r"\d+[-_]")
_DIGITS: Final = re.compile(r"([0-9]+)")
_TURNS: Final = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """A name without line breaks and without the invisible signs that turn the direction of what
    follows: in the midst of a sentence of ours they would mix up its words.
    """
    return " ".join(_TURNS.sub("", text).split())


def slug_of(path: PurePath) -> Slug:
    """Name a page by its path below the bank's folder; an index page stands for its folder."""
    parts = path.parent.parts if is_index(path.name) else (*path.parent.parts, path.stem)
    return clean_slug("/".join(parts))


def clean_slug(text: str) -> Slug:
    """Keep letters, digits and underscores, with one hyphen for whatever stands between."""
    parts = (_NOT_IN_A_SLUG.sub("-", part).strip("-") for part in text.split("/"))
    return Slug("/".join(filter(None, parts)) or "quiz")


def track_of(slug: Slug) -> str:
    return slug.rpartition("/")[0]


def level_of(slug: Slug) -> str:
    """Give the level that a page is named after, such as `02-basics`; empty for other names."""
    name = slug.rpartition("/")[2].lower()
    bare = _NUMBERED.sub("", name, count=1) if _NUMBERED.match(name) else name
    return bare if level_rank(bare) < len(LEVELS) else ""


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """Sort key that puts `part-9` before `part-10`."""
    pieces = (piece.lstrip("0") if i % 2 else piece for i, piece in enumerate(_split(text)))
    return tuple((len(piece) if i % 2 else 0, piece) for i, piece in enumerate(pieces))


def _split(text: str) -> list[str]:
    return _DIGITS.split(text.casefold())


def pretty(slug: str) -> str:
    """Turn a slug into words: `aws/ml-engineer` into "AWS ML engineer"."""
    words = [word for word in re.split(r"[/_-]+", slug) if word]
    spelt = [_SPELLING.get(word.lower(), word.lower()) for word in words]
    if spelt and spelt[0].islower():
        spelt[0] = spelt[0].capitalize()
    return " ".join(spelt) or "Quiz"


def without_quiz(title: str) -> str:
    """Drop the word that adds nothing in a list of quizzes: "Docker Quiz" is "Docker"."""
    shorter = re.sub(r"\s+quiz(?:zes)?$", "", title.strip(), flags=re.IGNORECASE)
    return shorter.rstrip(" -–—:") or title  # noqa: RUF001 - authors do write an en dash
