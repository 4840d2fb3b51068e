"""The transducer's joint network (NeMo: `RNNTJoint`)."""

import torch
from torch import Tensor, nn

from builtin_recogniser.network.settings import NetworkSettings


class Joint(nn.Module):
    """Adds projections of an encoder frame and of the prediction, and scores the tokens and the blank."""

    def __init__(self, settings: NetworkSettings) -> None:
        super().__init__()
        self.enc = nn.Linear(settings.width, settings.joint_width)
        self.pred = nn.Linear(settings.prediction_width, settings.joint_width)
        self.joint_net = nn.ModuleDict({"2": nn.Linear(settings.joint_width, settings.vocabulary + 1)})

    @property
    def output(self) -> nn.Linear:
        """The last layer, which NeMo keeps behind a ReLU and a dropout."""
        layer = self.joint_net["2"]
        assert isinstance(layer, nn.Linear)
        return layer

    def forward(self, frames: Tensor, predictions: Tensor) -> Tensor:
        """Scores of one projected frame each with one projected prediction, [batch, joint width] both.

        Training does not come here: the loss makes the scores itself, see `loss.transducer`.
        """
        scores: Tensor = self.output(torch.relu(frames + predictions))
        return scores
