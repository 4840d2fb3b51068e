"""Sentences as they are spoken, and the transcripts that they train."""

import re


def transcript(sentence: str) -> str:
    """What the recogniser is to write for a sentence: lower case, letters, apostrophes, inner hyphens."""
    text = re.sub(r"[^a-z' -]", " ", sentence.lower().replace("\u2019", "'"))
    return " ".join(re.sub(r"(?<![a-z])[-']+|[-']+(?![a-z])", " ", text).split())
