"""`model_config.yaml`: how NeMo (and Parley's converter) learn what the weights belong to."""

from typing import Any

import yaml

from builtin_recogniser.network.settings import NetworkSettings


def configuration_for(template: bytes, settings: NetworkSettings) -> bytes:
    """Write the sizes into the configuration of an archive with the same tokenizer.

    Raises ValueError when the template's vocabulary is of another size.
    """
    config: dict[str, Any] = yaml.safe_load(template)
    if config["joint"]["num_classes"] != settings.vocabulary:
        tokens = config["joint"]["num_classes"]
        raise ValueError(f"the template has {tokens} tokens, the network {settings.vocabulary}")
    config["model_defaults"] = {
        "enc_hidden": settings.width,
        "pred_hidden": settings.prediction_width,
        "joint_hidden": settings.joint_width,
    }
    config["encoder"] |= {
        "n_layers": settings.layers,
        "d_model": settings.width,
        "n_heads": settings.heads,
        "conv_kernel_size": settings.kernel,
        "subsampling_conv_channels": settings.subsampling_channels,
    }
    config["decoder"]["prednet"]["pred_hidden"] = settings.prediction_width
    config["joint"]["jointnet"] |= {
        "joint_hidden": settings.joint_width,
        "encoder_hidden": settings.width,
        "pred_hidden": settings.prediction_width,
    }
    text: str = yaml.safe_dump(config, sort_keys=False, allow_unicode=True)
    return text.encode()
