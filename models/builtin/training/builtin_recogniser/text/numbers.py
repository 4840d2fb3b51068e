"""Numbers as they are spoken."""

from builtin_recogniser.text.word_lists import word_list

_UP_TO_NINETEEN = word_list("up-to-nineteen")
_TENS = word_list("tens")
_SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_ODD_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def cardinal(number: int, *, with_and: bool = False) -> str:
    """Say a number below 10¹²; `with_and` says "a hundred *and* one" as in Britain."""
    if number < 20:
        return _UP_TO_NINETEEN[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f" {_UP_TO_NINETEEN[ones]}" if ones else "")
    joint = " and " if with_and else " "
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_UP_TO_NINETEEN[hundreds]} hundred" + (joint + cardinal(rest) if rest else "")
    scale, name = next(entry for entry in _SCALES if number >= entry[0])
    many, rest = divmod(number, scale)
    words = f"{cardinal(many, with_and=with_and)} {name}"
    if not rest:
        return words
    return words + (joint if rest < 100 else " ") + cardinal(rest, with_and=with_and)


def ordinal(number: int) -> str:
    """Say "twenty first" for 21."""
    *before, last = cardinal(number).split()
    if last in _ODD_ORDINALS:
        last = _ODD_ORDINALS[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last += "th"
    return " ".join([*before, last])


def year(number: int) -> str:
    """Say a year from 1100 to 2099: "nineteen oh five", "two thousand and one"."""
    if 2000 <= number < 2010:
        return cardinal(number, with_and=True)
    century, rest = divmod(number, 100)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"
