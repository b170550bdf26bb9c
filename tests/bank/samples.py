"""Small pages and quizzes for the tests of the bank."""

from bot.bank.parser import Page, parse_page
from bot.quiz.prose import prose
from bot.quiz.question import Option, Question, QuestionId, Quiz, Slug


def page(text: str, slug: str = "page") -> Page:
    return parse_page(text, path=f"{slug}.md", slug=Slug(slug))


def question(words: str, tag: str = "<quiz>") -> str:
    """A question in Markdown with nothing to complain about."""
    return f"{tag}\n{words}\n- [x] Yes\n- [ ] No\n</quiz>\n"


def quiz(slug: str, title: str = "", level: str = "", ids: tuple[str, ...] = ()) -> Quiz:
    """A quiz as the catalogue takes it; a question for each id."""
    options = (Option(prose("Yes"), correct=True), Option(prose("No"), correct=False))
    questions = tuple(Question(QuestionId(name), prose(name), options) for name in ids)
    track = slug.rpartition("/")[0]
    return Quiz(Slug(slug), title or slug, questions, track=track, level=level)
