"""Train the SentencePiece tokenizer on the transcripts of text files.

The published model's tokenizer has 1024 pieces and came from an earlier draw of conversation.tsv.
A model that starts from its weights must keep it.
"""

import argparse
import io
from pathlib import Path

from builtin_recogniser.text.sentences import read_sentences


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `train-tokenizer`."""
    parser.add_argument("out", type=Path, help="the file to write, as tokenizer.model")
    parser.add_argument("text", type=Path, nargs="+", help="files of sentences")
    parser.add_argument("--size", type=int, default=1024, help="number of pieces")


def run(arguments: argparse.Namespace) -> None:
    """Train byte-pair pieces without sentence marks or padding, as NeMo's transducers expect them."""
    import sentencepiece

    transcripts = [sentence.transcript for path in arguments.text for sentence in read_sentences(path)]
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(transcripts),
        model_writer=model,
        vocab_size=arguments.size,
        model_type="bpe",
        character_coverage=1.0,
        bos_id=-1,
        eos_id=-1,
        pad_id=-1,
        unk_id=0,
        num_threads=1,
    )
    arguments.out.write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    pieces = sum(len(encoded) for encoded in processor.encode(transcripts))
    words = sum(len(transcript.split()) for transcript in transcripts)
    print(f"{pieces / words:.2f} pieces a word")
