"""The numbers of the rules: what counts as long, hard, uneven or old."""

from pydantic import BaseModel, ConfigDict, Field


def _kebab(name: str) -> str:
    return name.replace("_", "-")


class Table(BaseModel):
    """A table of the configuration; a name that it does not know is a mistake."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, alias_generator=_kebab, populate_by_name=True
    )


class LongestRight(Table):
    """The share of single-answer questions from which on a page is told; see `page.py`."""

    most_share: float = Field(0.4, ge=0, le=1)
    least_questions: int = Field(8, ge=1)


class PositionBias(Table):
    """How seldom chance alone would spread the places so unevenly."""

    least_chance: float = Field(0.01, gt=0, lt=0.5)
    least_questions: int = Field(8, ge=1)


class LongRightOption(Table):
    """Times the longest wrong option, in characters; short ones differ by chance."""

    most_times: float = Field(1.5, gt=1)
    least_characters: int = Field(40, ge=1)


class UnevenOptions(Table):
    """The longest option over the shortest one, in characters."""

    most_times: float = Field(4.0, gt=1)
    least_characters: int = Field(60, ge=1)


class EchoedWord(Table):
    """With `wrong`, wrong options are looked at too."""

    wrong: bool = False


class AbsoluteWord(Table):
    words: list[str] = ["always", "never", "impossible", "completely", "guaranteed"]


class HardToRead(Table):
    """School years; texts of fewer words say little about it."""

    most_grade: float = Field(14.0, gt=0)
    least_words: int = Field(20, ge=1)


class LongStem(Table):
    """Without code blocks; inline code is one word."""

    most_words: int = Field(80, ge=1)


class LongOption(Table):
    most_words: int = Field(25, ge=1)


class FewOptions(Table):
    least: int = Field(3, ge=2, le=26)


class StaleCheck(Table):
    most_days: int = Field(365, ge=1)


class NearDuplicate(Table):
    """From 0 to 1, where 1 are the same words."""

    least_likeness: float = Field(0.65, gt=0, le=1)


class Limits(Table):
    """One table for each rule that has numbers, by the rule's name."""

    longest_right: LongestRight = LongestRight()
    position_bias: PositionBias = PositionBias()
    long_right_option: LongRightOption = LongRightOption()
    uneven_options: UnevenOptions = UnevenOptions()
    echoed_word: EchoedWord = EchoedWord()
    absolute_word: AbsoluteWord = AbsoluteWord()
    hard_to_read: HardToRead = HardToRead()
    long_stem: LongStem = LongStem()
    long_option: LongOption = LongOption()
    few_options: FewOptions = FewOptions()
    stale_check: StaleCheck = StaleCheck()
    near_duplicate: NearDuplicate = NearDuplicate()
