"""Speech from text: synthesisers, and transforms that turn their few voices into many speakers and rooms."""
