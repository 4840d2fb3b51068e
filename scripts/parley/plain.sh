# shellcheck shell=bash
# Parley as plain processes: inference and the media server by `npm start`'s own script, and a chat
# server where one is installed.

start_plain() {
  local mode
  mode=$(chosen_mode)
  require_mode "$mode"
  command -v node >/dev/null 2>&1 || fail "Node is not installed." "install Node 22 or 24 with npm."
  cd "$REPOSITORY" || exit
  node "$REPOSITORY/scripts/setup.mjs"
  trap 'stop_plain; exit 1' INT TERM
  start_chat_plain "$mode"
  start_part inference node "$REPOSITORY/scripts/start.mjs" --only inference
  start_part web node "$REPOSITORY/scripts/start.mjs" --only media-server
  wait_until_ready
  if [ "$FOREGROUND" = yes ]; then
    stay_in_foreground
  else
    trap - INT TERM
    say "scripts/parley.sh status, logs and stop look after it."
  fi
}

# Shows the logs until all has ended, or is to end.
stay_in_foreground() {
  local follower
  say "Ctrl-C stops it."
  set -m
  logs_plain all &
  follower=$!
  set +m
  # shellcheck disable=SC2064 # This follower.
  trap "kill -TERM -- -$follower 2>/dev/null || true; stop_plain; exit 0" INT TERM
  while any_part_runs; do sleep 0.5; done
  kill -TERM -- "-$follower" 2>/dev/null || true
  stop_plain
}

start_chat_plain() {
  local mode=$1 file
  case $mode in
    llamacpp-*)
      file=$(gguf_file "$mode")
      [ -n "$file" ] || fail "There is no $GGUF_REPOSITORY of mode $mode in $(hub_cache)." \
        "download one (npx parley models pull nemotron-3-nano-30b has Q4), or name a .gguf file with --model."
      if ! command -v llama-server >/dev/null 2>&1; then
        say "  $file runs within inference (LLM_GGUF), since llama-server is not installed."
        unset LLM_BASE_URL
        export LLM_GGUF=$file
        return 0
      fi
      # shellcheck disable=SC2046,SC2086 # Several options, or none.
      start_part llm llama-server --model "$file" --host 127.0.0.1 --port 8000 --jinja \
        --n-gpu-layers 99 --flash-attn on \
        --ctx-size "${LLAMA_CTX_SIZE:-16384}" --parallel "${LLAMA_PARALLEL:-1}" \
        --reasoning-budget "${LLAMA_REASONING_BUDGET:-0}" $(compact_options "$mode") ${LLAMA_OPTIONS:-}
      use_llama_server http://127.0.0.1:8000/v1
      ;;
    vllm)
      command -v vllm >/dev/null 2>&1 || fail "vLLM is not installed." \
        "install it (pip install vllm), start it elsewhere and name it by LLM_BASE_URL, or use Docker."
      # shellcheck disable=SC2086 # Several options, or none.
      start_part llm vllm serve "${MODEL:-${VLLM_MODEL:-$VLLM_DEFAULT}}" \
        --served-model-name "${LLM_MODEL:-default}" --host 127.0.0.1 --port 8000 \
        --dtype bfloat16 --trust-remote-code \
        --gpu-memory-utilization "${VLLM_GPU_MEMORY_UTILIZATION:-0.60}" \
        --max-num-seqs "${VLLM_MAX_NUM_SEQS:-8}" --max-model-len "${VLLM_MAX_MODEL_LEN:-16384}" \
        --enable-prefix-caching ${VLLM_OPTIONS:-}
      use_chat_server http://127.0.0.1:8000/v1
      ;;
    none)
      if [ "$THINKS" = no ]; then unset LLM_GGUF; fi
      ;;
  esac
}

wait_until_ready() {
  local part began=$SECONDS
  say "• Waiting for Parley; scripts/parley.sh logs shows what it does"
  while :; do
    for part in $PARTS; do
      if [ -f "$(pid_file "$part")" ] && [ -z "$(part_pid "$part")" ]; then
        tail -n 20 "$(log_file "$part")" >&2
        stop_plain
        fail "$part has ended." "the lines above say why; the whole log is $(log_file "$part")."
      fi
    done
    if grep -q '^Parley is ready' "$(log_file web)" 2>/dev/null; then break; fi
    if [ $((SECONDS - began)) -ge "${SERVICE_TIMEOUT:-900}" ]; then
      stop_plain
      fail "Parley was not ready after $((SECONDS - began)) s." \
        "look into the logs in $(run_folder), or give it longer with SERVICE_TIMEOUT."
    fi
    sleep 0.2
  done
  grep -A 3 '^Parley is ready' "$(log_file web)" | grep -v '^\['
}

stop_plain() {
  local part
  if ! any_part_known; then
    say "Parley does not run."
    return 0
  fi
  say "Stopping Parley."
  for part in web inference llm; do stop_part "$part"; done
}

status_plain() {
  local part pid runs=no
  for part in $PARTS; do
    pid=$(part_pid "$part")
    if [ -n "$pid" ]; then
      runs=yes
      printf '%-10s runs, process %s since %s\n' "$part" "$pid" "$(began_at "$pid" | xargs)"
    elif [ -f "$(pid_file "$part")" ]; then
      printf '%-10s has ended by itself; its log: %s\n' "$part" "$(log_file "$part")"
    fi
  done
  if [ "$runs" = no ]; then
    say "Parley does not run."
    return 3
  fi
  tell_readiness
}

tell_readiness() {
  # shellcheck disable=SC2016 # JavaScript.
  node -e '
    const ask = (title, address) => fetch(address, { signal: AbortSignal.timeout(3000) }).then(
      (answer) => console.log(`${title} ${answer.ok ? "is ready" : "is not ready yet"}: ${address}`),
      () => console.log(`${title} does not answer: ${address}`));
    ask("inference", process.argv[1]).then(() => ask("web", process.argv[2]));
  ' "http://127.0.0.1:${INFERENCE_PORT:-8080}/ready" "http://127.0.0.1:${PORT:-7860}/ready"
}

logs_plain() {
  local chosen
  # Inference hears and speaks, and thinks where no chat server runs beside it.
  case ${1:-all} in
    asr | tts) chosen=inference ;;
    llm) if [ -f "$(log_file llm)" ]; then chosen=llm; else chosen=inference; fi ;;
    web) chosen=web ;;
    all) chosen=$PARTS ;;
    *) fail "There is no log of $1." "asr, tts, llm, web, or nothing for all." ;;
  esac
  follow_logs "$chosen"
}

# Follows the logs of these parts until it is ended, each line with its part where there are several.
follow_logs() {
  local part follower followers=""
  for part in $1; do
    [ -f "$(log_file "$part")" ] || continue
    tail -n "${LINES_OF_LOG:-100}" -f "$(log_file "$part")" &
    followers="$followers $!"
  done
  [ -n "$followers" ] || fail "There are no logs in $(run_folder)." "scripts/parley.sh start begins them."
  # shellcheck disable=SC2064 # These followers, not those of later.
  trap "kill $followers 2>/dev/null || true; exit 0" INT TERM
  for follower in $followers; do wait "$follower" || true; done
}

shell_plain() {
  say "npx parley is Parley's command line; exit leaves this shell."
  cd "$REPOSITORY" || exit
  PATH="$REPOSITORY/node_modules/.bin:$PATH" exec "${SHELL:-/bin/bash}"
}
