"""The transducer's prediction network (NeMo: `RNNTDecoder`)."""

from torch import Tensor, nn

from builtin_recogniser.network.settings import NetworkSettings

State = tuple[Tensor, Tensor]
"""Hidden and cell state of the LSTM, [1, batch, width] each."""


class Prediction(nn.Module):
    """An LSTM over the tokens written so far; it begins with the blank, whose embedding is zero."""

    def __init__(self, settings: NetworkSettings) -> None:
        super().__init__()
        width = settings.prediction_width
        embed = nn.Embedding(settings.vocabulary + 1, width, padding_idx=settings.blank)
        lstm = nn.LSTM(width, width, batch_first=True)
        self.prediction = nn.ModuleDict({"embed": embed, "dec_rnn": nn.ModuleDict({"lstm": lstm})})

    def forward(self, tokens: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """[batch, tokens] to [batch, tokens, width] and the state after the last token."""
        output: tuple[Tensor, State] = self.lstm(self.prediction["embed"](tokens), state)
        return output

    @property
    def lstm(self) -> nn.Module:
        """The LSTM, which NeMo nests two levels deep."""
        recurrent = self.prediction["dec_rnn"]
        assert isinstance(recurrent, nn.ModuleDict)
        return recurrent["lstm"]
