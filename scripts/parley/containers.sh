# shellcheck shell=bash
# Parley in containers, by Docker's compose.

has_containers() {
  command -v docker >/dev/null 2>&1 &&
    docker compose version >/dev/null 2>&1 && docker info >/dev/null 2>&1
}

compose() {
  docker compose --file "$REPOSITORY/docker/compose.yaml" "$@"
}

start_containers() {
  local mode
  mode=$(chosen_mode)
  require_mode "$mode"
  if [ "$ON_CARD" = yes ] && nvidia-smi >/dev/null 2>&1; then
    add_profile gpu
    export CPU_WORKERS=${CPU_WORKERS:-0}
  fi
  choose_chat_container "$mode"
  if [ "$FOREGROUND" = yes ]; then
    compose up --build
  else
    compose up --build --detach --wait
    say "Parley is ready: http://localhost:${PORT:-7860}"
    say "scripts/parley.sh status, logs and stop look after it."
  fi
}

add_profile() {
  case ",${COMPOSE_PROFILES:-}," in
    *",$1,"*) ;;
    *) export COMPOSE_PROFILES=${COMPOSE_PROFILES:+$COMPOSE_PROFILES,}$1 ;;
  esac
}

choose_chat_container() {
  local mode=$1 file
  case $mode in
    llamacpp-*)
      add_profile llamacpp
      file=$(gguf_file "$mode")
      if [ -n "$file" ]; then
        hand_in_model "$file"
        export LLAMA_FROM=--model LLAMA_MODEL=$MODEL_IN_CONTAINER
      elif [ "$mode" = llamacpp-q4 ]; then
        export LLAMA_MODEL=${LLAMA_MODEL:-$GGUF_REPOSITORY:Q4_K_M}
      fi
      export LLAMA_OPTIONS=${LLAMA_OPTIONS:-$(compact_options "$mode")}
      use_llama_server http://llamacpp:8000/v1
      ;;
    vllm)
      add_profile vllm
      if [ -d "$MODEL" ]; then
        hand_in_model "$(cd "$MODEL" && pwd)"
        export VLLM_MODEL=$MODEL_IN_CONTAINER
      elif [ -n "$MODEL" ]; then
        export VLLM_MODEL=$MODEL
      fi
      use_chat_server http://vllm:8000/v1
      ;;
  esac
}

# Mounts the folder of a model; the hub's cache whole, since its files are links into another folder.
hand_in_model() {
  local cache
  cache=$(hub_cache)
  case $1 in
    "$cache"/*) export CHAT_MODELS=$cache ;;
    *)
      CHAT_MODELS=$(dirname "$1")
      export CHAT_MODELS
      ;;
  esac
  MODEL_IN_CONTAINER=/models/${1#"$CHAT_MODELS"/}
}

stop_containers() {
  compose --profile '*' down
}

status_containers() {
  local running
  compose --profile '*' ps --all
  running=$(compose --profile '*' ps --quiet)
  if [ -z "$running" ]; then
    say "Parley does not run."
    return 3
  fi
}

logs_containers() {
  local services
  # The service's other names are those of its profile.
  case ${1:-all} in
    asr | tts) services="inference inference-gpu" ;;
    llm) services="llamacpp vllm" ;;
    web) services=media-server ;;
    all) services="" ;;
    *) fail "There is no log of $1." "asr, tts, llm, web, or nothing for all." ;;
  esac
  # shellcheck disable=SC2086 # Several services, or none.
  compose --profile '*' logs --follow --tail "${LINES_OF_LOG:-100}" $services
}

shell_containers() {
  local service=inference
  if [ -z "$(compose ps --quiet inference 2>/dev/null)" ]; then service=inference-gpu; fi
  compose --profile '*' exec "$service" bash
}
