#!/usr/bin/env bash
# Starts, stops and watches Parley in the background: in containers where Docker's compose is there,
# as plain processes where it is not. `scripts/parley.sh help` says how.
set -euo pipefail

REPOSITORY=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=scripts/parley/report.sh
. "$REPOSITORY/scripts/parley/report.sh"
# shellcheck source=scripts/parley/environment-file.sh
. "$REPOSITORY/scripts/parley/environment-file.sh"
# shellcheck source=scripts/parley/chat-model.sh
. "$REPOSITORY/scripts/parley/chat-model.sh"
# shellcheck source=scripts/parley/processes.sh
. "$REPOSITORY/scripts/parley/processes.sh"
# shellcheck source=scripts/parley/plain.sh
. "$REPOSITORY/scripts/parley/plain.sh"
# shellcheck source=scripts/parley/containers.sh
. "$REPOSITORY/scripts/parley/containers.sh"

usage() {
  cat <<'END'
Parley in the background, in Docker's containers or as plain processes

  scripts/parley.sh start [OPTIONS]   starts it, and says when it is ready
  scripts/parley.sh stop              stops all of it
  scripts/parley.sh restart [OPTIONS] stops it and starts it again
  scripts/parley.sh status            what runs; exit code 3 when nothing does
  scripts/parley.sh logs [PART]       follows the logs: of asr, tts, llm, web, or of all
  scripts/parley.sh shell             a shell with what the servers have: npx parley, models, settings
  scripts/parley.sh help              this text

Options of start
  --mode MODE       what thinks: llamacpp-q8, llamacpp-q4, vllm (Nemotron 3 Nano 30B-A3B), or remote, the
                    server that LLM_BASE_URL names. Without it: remote if LLM_BASE_URL is set, then what
                    LLM_GGUF names, a Nemotron 3 Nano in Hugging Face's cache, or what the page
                    /models chose
  --model PATH      another model: a .gguf file; for vllm a folder or a name on Hugging Face
  --no-asr          another machine hears: RECOGNIZER_URL names it
  --no-tts          another machine speaks: SYNTHESIZER_URL names it
  --no-llm          no chat model is started: LLM_BASE_URL, or else the built-in script
  --cpu             containers for the processor, although there is an NVIDIA card
  --plain           plain processes, although there is Docker
  -f, --foreground  stays in the terminal and shows the logs; Ctrl-C stops all

Settings are taken from the environment and from docker/.env: docs/operating.md lists them. Logs and
process ids of plain processes lie in the folder run of PARLEY_DATA.
END
}

# Options of start, as globals that the two ways of starting read.
read_options() {
  MODE="" MODEL="" HEARS=yes SPEAKS=yes THINKS=yes FOREGROUND=no ON_CARD=yes PLAIN=no
  while [ $# -gt 0 ]; do
    case $1 in
      --mode | --model)
        [ $# -ge 2 ] || fail "$1 is followed by a value." "scripts/parley.sh help lists what there is."
        if [ "$1" = --mode ]; then MODE=$2; else MODEL=$2; fi
        shift
        ;;
      --no-asr) HEARS=no ;;
      --no-tts) SPEAKS=no ;;
      --no-llm) THINKS=no ;;
      --cpu) ON_CARD=no ;;
      --plain) PLAIN=yes ;;
      -f | --foreground) FOREGROUND=yes ;;
      -d | --detach) FOREGROUND=no ;;
      *) fail "start does not know $1." "scripts/parley.sh help lists what there is." ;;
    esac
    shift
  done
}

start() {
  read_options "$@"
  read_environment_file "$REPOSITORY/docker/.env"
  # The voice bot's name of it.
  export HF_TOKEN=${HF_TOKEN:-${HUGGINGFACE_ACCESS_TOKEN:-}}
  require_other_machines
  require_free_parley
  export INFERENCE_KEY=${INFERENCE_KEY:-$(new_key)}
  if [ "$PLAIN" = no ] && has_containers; then start_containers; else start_plain; fi
}

require_other_machines() {
  if [ "$HEARS" = no ]; then
    [ -n "${RECOGNIZER_URL:-}" ] || fail "--no-asr: nobody would hear." \
      "set RECOGNIZER_URL to the machine that does, such as ws://192.0.2.20:8080."
    unset RECOGNIZER_MODEL
  fi
  if [ "$SPEAKS" = no ]; then
    [ -n "${SYNTHESIZER_URL:-}" ] || fail "--no-tts: nobody would speak." \
      "set SYNTHESIZER_URL to the machine that does, such as ws://192.0.2.20:8080."
    unset SYNTHESIZER_MODEL
  fi
}

require_free_parley() {
  if any_part_runs; then
    fail "Parley runs already, as plain processes." \
      "scripts/parley.sh stop ends it, scripts/parley.sh restart starts it anew."
  fi
}

new_key() {
  od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# Whichever way Parley was started: plain processes leave a file with their id.
chosen_way() {
  if any_part_known || ! has_containers; then echo plain; else echo containers; fi
}

main() {
  local command=${1:-help}
  [ $# -eq 0 ] || shift
  case $command in
    start) start "$@" ;;
    stop | status | logs | shell)
      read_environment_file "$REPOSITORY/docker/.env"
      "${command}_$(chosen_way)" "$@"
      ;;
    restart)
      read_options "$@"
      "stop_$(chosen_way)"
      start "$@"
      ;;
    help | -h | --help) usage ;;
    *)
      usage >&2
      fail "There is no command $command." "these are all."
      ;;
  esac
}

main "$@"
