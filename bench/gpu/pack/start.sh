#!/bin/bash
# Runs the bench from the pack beside this file on a machine with a graphics card. It needs bash, tar,
# and xz or python3; nothing is fetched.
#
#   bash start.sh RESULTS [parameters of the bench, such as --minutes 5 --only "ear fp16"]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "${1:?the folder for results is missing}"
results=$(cd "$1" && pwd)
shift
place=${TMPDIR:-/tmp}/parley-gpu-bench
rm -rf "$place/pack"
mkdir -p "$place/pack" "$place/cache"

if command -v xz >/dev/null; then
  xz -dc "$here/pack.tar.xz" | tar -x -C "$place/pack"
else
  python3 -c 'import lzma, shutil, sys
shutil.copyfileobj(lzma.open(sys.argv[1]), sys.stdout.buffer)' "$here/pack.tar.xz" |
    tar -x -C "$place/pack"
fi

# Libraries of the system go before those of the pack, which has them for machines without.
known=$( (ldconfig -p || /sbin/ldconfig -p) 2>/dev/null || true)
for library in "$place/pack/lib"/*; do
  case $known in *"$(basename "$library") "*) rm "$library" ;; esac
done
paths=$place/pack/lib
# A driver that was mounted into a container is often known to nobody.
for folder in /usr/local/nvidia/lib64 /usr/local/nvidia/lib; do
  if [ -d "$folder" ]; then paths=$paths:$folder; fi
done
export LD_LIBRARY_PATH=$paths${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
if [ -z "${VK_DRIVER_FILES:-}${VK_ICD_FILENAMES:-}" ]; then
  if ! ls /usr/share/vulkan/icd.d/*.json /etc/vulkan/icd.d/*.json >/dev/null 2>&1; then
    for file in /usr/local/nvidia/share/vulkan/icd.d/*.json; do
      if [ -e "$file" ]; then export VK_DRIVER_FILES=$file VK_ICD_FILENAMES=$file; fi
    done
  fi
fi
export PATH=$PATH:/usr/local/nvidia/bin HOME=${HOME:-/tmp} XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-/tmp}

cd "$place/pack"
exec bin/node app/gpu-bench.js --out "$results" --cache "$place/cache" \
  --commit "$(cat commit)" "$@" fixtures/*
