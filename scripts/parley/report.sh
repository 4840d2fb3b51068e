# shellcheck shell=bash
# Messages of scripts/parley.sh, in the form of the other scripts.

say() {
  printf '%s\n' "$1"
}

# Ends the script: what went wrong, and what to do.
fail() {
  printf '\n✗ %s\n  What to do: %s\n' "$1" "$2" >&2
  exit 1
}
