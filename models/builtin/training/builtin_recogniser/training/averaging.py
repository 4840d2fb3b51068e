"""A moving average of the weights: it stands nearer to the middle of the valley than any single step."""

import torch
from torch import Tensor, nn

DECAY = 0.999
"""A step."""


class WeightAverage:
    """Exponential moving average of a model's state."""

    def __init__(self, model: nn.Module) -> None:
        """Begin with the weights that the model has."""
        self._model = model
        self._live = list(model.state_dict().values())
        self._average = [tensor.clone() for tensor in self._live]

    @torch.no_grad()
    def update(self) -> None:
        """Take in the weights after a step."""
        torch._foreach_lerp_(self._average, self._live, 1 - DECAY)

    def state_dict(self) -> dict[str, Tensor]:
        """Averaged weights under the model's names."""
        return dict(zip(self._model.state_dict(), self._average, strict=True))

    def load_state_dict(self, state: dict[str, Tensor]) -> None:
        """Go on from what `state_dict` gave."""
        for name, average in self.state_dict().items():
            average.copy_(state[name])
