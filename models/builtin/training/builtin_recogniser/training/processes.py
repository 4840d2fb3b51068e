"""Several processes that train one model on different batches and average their gradients."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor, distributed

Value = TypeVar("Value")


@dataclass(frozen=True)
class Processes:
    """This process among its peers; with one process nothing is exchanged."""

    rank: int = 0
    count: int = 1

    def share(self, items: int) -> slice:
        """Which of a number of items this process takes, when every process takes about as many."""
        return slice(self.rank * items // self.count, (self.rank + 1) * items // self.count)

    def sum_together(self, tensors: Sequence[Tensor]) -> None:
        """Replace tensors by their sums over the processes, in one exchange."""
        if self.count == 1:
            return
        joined = torch.cat([tensor.reshape(-1) for tensor in tensors])
        distributed.all_reduce(joined)
        start = 0
        for tensor in tensors:
            tensor.copy_(joined[start : start + tensor.numel()].view_as(tensor))
            start += tensor.numel()

    def take_from_first(self, tensors: Sequence[Tensor]) -> None:
        """Replace tensors by the first process's."""
        if self.rank > 0:
            for tensor in tensors:
                tensor.zero_()
        self.sum_together(tensors)

    def gather(self, value: Value) -> list[Value]:
        """Give every process the values of all of them, in the order of their ranks."""
        if self.count == 1:
            return [value]
        values: list[Value | None] = [None] * self.count
        distributed.all_gather_object(values, value)
        return [gathered for gathered in values if gathered is not None]
