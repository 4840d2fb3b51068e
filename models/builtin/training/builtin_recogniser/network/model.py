"""The whole recogniser."""

from torch import nn

from builtin_recogniser.network.encoder import Encoder
from builtin_recogniser.network.initialisation import initialise
from builtin_recogniser.network.joint import Joint
from builtin_recogniser.network.prediction import Prediction
from builtin_recogniser.network.settings import NetworkSettings


class Recogniser(nn.Module):
    """A FastConformer transducer (NeMo: `EncDecRNNTBPEModel`) and two heads that help it to learn."""

    def __init__(self, settings: NetworkSettings) -> None:
        super().__init__()
        self.settings = settings
        self.encoder = Encoder(settings)
        self.decoder = Prediction(settings)
        self.joint = Joint(settings)
        # Heads for training only; exports leave them out. Checkpoints know them by these names.
        self.ctc = nn.Linear(settings.width, settings.vocabulary + 1)
        self.ctc_ali = nn.Linear(settings.width, settings.vocabulary + 1)
        initialise(self.encoder, self.decoder, self.joint, [self.ctc, self.ctc_ali])
