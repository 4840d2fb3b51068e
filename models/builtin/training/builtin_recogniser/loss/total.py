"""The sum of the losses of a batch."""

from dataclasses import dataclass

import torch
from torch import Tensor

from builtin_recogniser.batches.batch import Batch
from builtin_recogniser.loss.heads import alignment_loss, ctc_loss
from builtin_recogniser.loss.transducer import transducer_loss
from builtin_recogniser.network.model import Recogniser

CTC_WEIGHT = 0.3
ALIGNMENT_STEPS = 2_600
"""The alignment loss falls from full weight to none in this many steps."""


@dataclass(frozen=True)
class Losses:
    """Losses of one batch."""

    total: Tensor
    """What to differentiate."""
    transducer: float
    """Nats a token."""
    ctc: float
    """Nats a token."""


def losses(model: Recogniser, batch: Batch, right_context: int, step: int) -> Losses:
    """Run the network over a batch, in chunks of `right_context + 1` frames of 80 ms."""
    frames = model.encoder(batch.features, right_context)
    frame_counts = torch.full((len(frames),), frames.shape[1])
    start = torch.full((len(frames), 1), model.settings.blank)
    predictions, _ = model.decoder(torch.cat([start, batch.targets], 1))
    # One more than the tokens, so that a batch of silence has a loss, too.
    tokens = int(batch.token_counts.sum()) + 1

    output = model.joint.output
    transducer = transducer_loss(
        model.joint.enc(frames),
        model.joint.pred(predictions),
        output.weight,
        output.bias,
        batch.targets,
        frame_counts,
        batch.token_counts,
    )
    transducer = transducer / tokens
    ctc = ctc_loss(model.ctc(frames), batch.targets, frame_counts, batch.token_counts) / tokens
    total = transducer + CTC_WEIGHT * ctc
    alignment_weight = 1 - step / ALIGNMENT_STEPS
    if alignment_weight > 0:
        total = total + alignment_weight * alignment_loss(model.ctc_ali(frames), batch.frame_tokens)
    return Losses(total, transducer.item(), ctc.item())
