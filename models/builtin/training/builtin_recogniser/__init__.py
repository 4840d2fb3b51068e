"""Trains Parley's built-in recogniser: a small cache-aware FastConformer transducer on synthetic speech."""
