"""The optimiser of the whole network."""

from typing import Any

import torch
from torch import nn

from builtin_recogniser.optimiser.muon import Muon
from builtin_recogniser.training.processes import Processes

_WEIGHT_DECAY = 0.02
_MUON_OUTSIDE_LAYERS = ("joint.enc.weight", "joint.pred.weight", "encoder.pre_encode.out.weight")


class Optimiser:
    """Muon for the matrices between hidden layers, AdamW for embeddings, scores, filters and vectors."""

    def __init__(self, model: nn.Module, processes: Processes) -> None:
        matrices: list[nn.Parameter] = []
        others: list[nn.Parameter] = []
        for name, parameter in model.named_parameters():
            (matrices if _is_inner_matrix(name, parameter) else others).append(parameter)
        self._muon = Muon(matrices, _WEIGHT_DECAY, processes)
        self._adam = torch.optim.AdamW(others, betas=(0.9, 0.98), weight_decay=_WEIGHT_DECAY, foreach=True)

    def step(self, learning_rate: float) -> None:
        """Update the weights from their gradients; one learning rate suits both."""
        for group in self._adam.param_groups:
            group["lr"] = learning_rate
        self._adam.step()
        self._muon.step(learning_rate)

    def state_dict(self) -> dict[str, Any]:
        """Everything that is needed to go on."""
        return {"adam": self._adam.state_dict(), "muon": self._muon.state_dict()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what `state_dict` gave."""
        self._adam.load_state_dict(state["adam"])
        self._muon.load_state_dict(state["muon"])


def _is_inner_matrix(name: str, parameter: nn.Parameter) -> bool:
    if parameter.dim() < 2 or "pos_bias" in name or "depthwise" in name:
        return False
    return "encoder.layers" in name or "lstm.weight" in name or name in _MUON_OUTSIDE_LAYERS
