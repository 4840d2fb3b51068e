"""Word error rates."""

from builtin_recogniser.decoding import edit_distance, word_error_rate


def test_word_error_rate_counts_words() -> None:
    assert edit_distance(["a", "b", "c"], ["a", "c", "d"]) == 2
    assert word_error_rate(["one two", "three four"], ["one two", "three"]) == 25.0
