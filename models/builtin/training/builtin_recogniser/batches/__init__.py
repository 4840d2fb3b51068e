"""From shards of synthesised utterances to batches of varied, noisy log-mels with their tokens."""
