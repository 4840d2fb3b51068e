"""The cache-aware FastConformer transducer, one file a part, with NeMo's names in the state dict."""
