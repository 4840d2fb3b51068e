#!/bin/sh
# Entry point of the image for NVIDIA's cards. PARLEY_CACHE is a volume, which hides whatever the image
# has in its place: so CUDA's libraries lie elsewhere, and a link leads there.
set -e
mkdir -p "$PARLEY_CACHE/onnxruntime"
for libraries in /parley/cuda/onnxruntime/*; do
  place="$PARLEY_CACHE/onnxruntime/$(basename "$libraries")"
  [ -e "$place" ] || ln -sfn "$libraries" "$place"
done
exec "$@"
