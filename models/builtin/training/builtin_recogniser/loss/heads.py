"""Losses of the two heads on the encoder that help training to begin."""

from torch import Tensor
from torch.nn import functional


def ctc_loss(scores: Tensor, targets: Tensor, frame_counts: Tensor, token_counts: Tensor) -> Tensor:
    """Connectionist temporal classification (Graves 2006), summed over the batch; the blank comes last.

    `scores` [batch, frames, tokens and blank]. Utterances with more tokens than frames count nothing.
    """
    log_probabilities = functional.log_softmax(scores, -1).transpose(0, 1)
    return functional.ctc_loss(
        log_probabilities,
        targets,
        frame_counts,
        token_counts,
        blank=scores.shape[2] - 1,
        reduction="sum",
        zero_infinity=True,
    )


def alignment_loss(scores: Tensor, frame_tokens: Tensor) -> Tensor:
    """Cross-entropy of every frame against the token that a rough alignment puts there, averaged over frames.

    `scores` [batch, frames, tokens and blank], `frame_tokens` [batch, frames]. Without it the other two
    losses stay at the level of guessing for hundreds of steps; afterwards it would only blur.
    """
    return functional.cross_entropy(scores.flatten(0, 1), frame_tokens.flatten(), label_smoothing=0.1)
