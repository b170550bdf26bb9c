"""Numbers with their nouns, for what the commands of authors say."""


def amount(number: int, one: str, many: str = "") -> str:
    """`1 quiz`, `2 quizzes`, `2,000 questions`; without `many` an `s` makes the plural."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
