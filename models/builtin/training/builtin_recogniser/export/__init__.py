"""From the weights of a training run to a `.nemo` archive, without NeMo."""
