import pytest

from builtin_recogniser.text.cleaning import clean


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("“It\u2019s well-known”, he said.", "It's well known, he said."),
        ("Mm-hmm, OK", "Mm-hmm, okay"),
        ("Mr. Smith isn't in", "mister Smith isn't in"),
        ("at 6 a.m. on TV", "at six a m on t v"),
        ("a narrow (or close) margin", "a narrow margin"),
        ("I'll go", "I'll go"),
    ],
)
def test_spoken_form(written: str, spoken: str) -> None:
    assert clean(written) == spoken


@pytest.mark.parametrize(
    "written",
    [
        "",
        "a café",
        "World War II",
        "see fig. two",
        "John F. Kennedy",
        "she went brrr",
        "1/2 of it",
        "that murder",
    ],
)
def test_refuses_what_cannot_be_read_for_certain(written: str) -> None:
    assert clean(written) is None
