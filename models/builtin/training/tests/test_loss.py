"""The transducer's loss against an enumeration of all alignments, and its gradients against differences."""

import math
from itertools import combinations

import torch
from torch import Tensor

from builtin_recogniser.loss.heads import alignment_loss, ctc_loss
from builtin_recogniser.loss.transducer import transducer_loss

BATCH, FRAMES, TOKENS, JOINT, VOCABULARY = 3, 5, 3, 4, 6
BLANK = VOCABULARY
FRAME_COUNTS = torch.tensor([5, 3, 4])
TOKEN_COUNTS = torch.tensor([3, 2, 0])


def inputs() -> tuple[Tensor, Tensor, Tensor, Tensor]:
    generator = torch.Generator().manual_seed(1)
    shapes = (
        (BATCH, FRAMES, JOINT),
        (BATCH, TOKENS + 1, JOINT),
        (VOCABULARY + 1, JOINT),
        (VOCABULARY + 1,),
    )
    first, second, third, fourth = (
        torch.randn(shape, generator=generator, dtype=torch.double, requires_grad=True) for shape in shapes
    )
    return first, second, third, fourth


def targets() -> Tensor:
    return torch.randint(0, VOCABULARY, (BATCH, TOKENS), generator=torch.Generator().manual_seed(2))


def enumerated_loss(log_probabilities: Tensor, target: list[int], frame_count: int) -> float:
    """Sum over every order of blanks and tokens that ends in a blank; [frames, tokens + 1, scores]."""
    total = 0.0
    steps = frame_count - 1 + len(target)
    for token_steps in combinations(range(steps), len(target)):
        frame = state = 0
        score = 0.0
        for step in range(steps):
            if step in token_steps:
                score += float(log_probabilities[frame, state, target[state]])
                state += 1
            else:
                score += float(log_probabilities[frame, state, BLANK])
                frame += 1
        total += math.exp(score + float(log_probabilities[frame, state, BLANK]))
    return -math.log(total)


def test_loss_is_the_sum_over_all_alignments() -> None:
    frames, predictions, weight, bias = inputs()
    loss = transducer_loss(
        frames, predictions, weight, bias, targets(), FRAME_COUNTS, TOKEN_COUNTS, negligible=0
    )
    hidden = torch.relu(frames[:, :, None] + predictions[:, None])
    log_probabilities = torch.log_softmax(hidden @ weight.T + bias, -1).detach()
    expected = sum(
        enumerated_loss(log_probabilities[item], targets()[item, :tokens].tolist(), count)
        for item, (count, tokens) in enumerate(zip(FRAME_COUNTS.tolist(), TOKEN_COUNTS.tolist(), strict=True))
    )
    assert abs(loss.item() - expected) < 1e-9


def test_gradients_are_the_slopes() -> None:
    def loss(frames: Tensor, predictions: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        return transducer_loss(
            frames, predictions, weight, bias, targets(), FRAME_COUNTS, TOKEN_COUNTS, negligible=0
        )

    assert torch.autograd.gradcheck(loss, inputs())


def test_leaving_out_unvisited_cells_hardly_changes_the_gradients() -> None:
    def gradients(negligible: float) -> Tensor:
        parameters = inputs()
        loss = transducer_loss(*parameters, targets(), FRAME_COUNTS, TOKEN_COUNTS, negligible=negligible)
        return torch.cat([gradient.flatten() for gradient in torch.autograd.grad(loss, parameters)])

    assert (gradients(1e-3) - gradients(0)).abs().max() < 5e-3


def test_ctc_counts_nothing_for_utterances_with_more_tokens_than_frames() -> None:
    scores = torch.randn(1, 2, VOCABULARY + 1, requires_grad=True)
    loss = ctc_loss(scores, torch.tensor([[1, 2, 3]]), torch.tensor([2]), torch.tensor([3]))
    assert loss.item() == 0


def test_alignment_loss_prefers_the_aligned_tokens() -> None:
    frame_tokens = torch.tensor([[BLANK, 2, 2, BLANK]])
    right = torch.nn.functional.one_hot(frame_tokens, VOCABULARY + 1) * 5.0
    assert alignment_loss(right, frame_tokens) < alignment_loss(right.roll(1, 2), frame_tokens)
