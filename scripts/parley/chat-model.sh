# shellcheck shell=bash
# The chat model: from the options of start to the settings of the servers.

# Where Hugging Face's tools keep models, and Nemotron 3 Nano as the voice bot's users have it.
hub_cache() {
  printf '%s' "${HF_HUB_CACHE:-${HF_HOME:-$HOME/.cache/huggingface}/hub}"
}
GGUF_REPOSITORY=unsloth/Nemotron-3-Nano-30B-A3B-GGUF
# shellcheck disable=SC2034 # For plain.sh.
VLLM_DEFAULT=nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16

# A file of the hub's cache, by its precision: Q8 or Q4. Nothing where there is none.
cached_gguf() {
  find "$(hub_cache)/models--${GGUF_REPOSITORY//\//--}" -name "*$1*.gguf" 2>/dev/null | sort | head -n 1
}

# The mode that holds, by option or by what there is.
chosen_mode() {
  if [ "$THINKS" = no ]; then
    echo none
  elif [ -n "$MODE" ]; then
    echo "$MODE"
  elif [ -n "$MODEL" ]; then
    case $MODEL in *.gguf) echo llamacpp-q8 ;; *) echo vllm ;; esac
  elif [ -n "${LLM_BASE_URL:-}" ]; then
    echo remote
  elif [ -n "${LLM_GGUF:-}" ]; then
    echo none
  elif [ -n "$(cached_gguf Q8)" ]; then
    echo llamacpp-q8
  elif [ -n "$(cached_gguf Q4)" ]; then
    echo llamacpp-q4
  else
    echo none
  fi
}

require_mode() {
  case $1 in
    llamacpp-q8 | llamacpp-q4 | vllm | none) ;;
    remote)
      [ -n "${LLM_BASE_URL:-}" ] || fail "--mode remote: there is no server to ask." \
        "set LLM_BASE_URL to an OpenAI-compatible one, such as http://192.0.2.20:8000/v1."
      ;;
    *) fail "There is no mode $1." "choose llamacpp-q8, llamacpp-q4, vllm or remote." ;;
  esac
}

# The .gguf file of a llamacpp mode, whole; nothing where none was named and none is cached.
gguf_file() {
  local file=$MODEL
  [ -n "$file" ] || file=$(cached_gguf "$([ "$1" = llamacpp-q4 ] && echo Q4 || echo Q8)")
  [ -n "$file" ] || return 0
  [ -f "$file" ] || fail "There is no file $file." "name a .gguf file with --model."
  printf '%s/%s' "$(cd "$(dirname "$file")" && pwd)" "$(basename "$file")"
}

# Options that the voice bot adds for Q4: a compact cache, for cards of 32 GB.
compact_options() {
  if [ "$1" = llamacpp-q4 ]; then echo "--cache-ram 0 -ctk q8_0 -ctv q8_0"; fi
}

# Nemotron thinks aloud unless its template is told not to, and people would hear silence.
use_chat_server() {
  export LLM_BASE_URL=$1
  unset LLM_GGUF
  export LLM_EXTRA_BODY=${LLM_EXTRA_BODY:-'{"chat_template_kwargs":{"enable_thinking":false}}'}
}

# Where llama.cpp's server has several slots, each room keeps its prompt in one.
use_llama_server() {
  use_chat_server "$1"
  [ "${LLAMA_PARALLEL:-1}" = 1 ] || export LLM_SERVER_SLOTS=${LLM_SERVER_SLOTS:-$LLAMA_PARALLEL}
}
