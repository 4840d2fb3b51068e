"""The tokenizer, as training and decoding use it."""

from collections.abc import Sequence
from pathlib import Path

import sentencepiece


class Tokens:
    """SentencePiece's tokens of a trained model."""

    def __init__(self, path: Path) -> None:
        self._processor = sentencepiece.SentencePieceProcessor(model_file=str(path))

    @property
    def pieces(self) -> list[str]:
        """What each token spells."""
        return [self._processor.id_to_piece(index) for index in range(self._processor.get_piece_size())]

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """Tokens of transcripts."""
        tokens: list[list[int]] = self._processor.encode(list(texts))
        return tokens

    def decode(self, tokens: Sequence[int]) -> str:
        """Transcript of tokens."""
        text: str = self._processor.decode(list(tokens))
        return text
