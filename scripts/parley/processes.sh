# shellcheck shell=bash
# Parts of Parley as process groups of their own: a file with the id and one with the log for each.

PARTS="llm inference web"
# Seconds that a part may take to end. Servers wait for nobody else longer than that.
STOP_SECONDS=${STOP_SECONDS:-20}

run_folder() {
  printf '%s/run' "${PARLEY_DATA:-$REPOSITORY/.parley/data}"
}
pid_file() { printf '%s/%s.pid' "$(run_folder)" "$1"; }
log_file() { printf '%s/%s.log' "$(run_folder)" "$1"; }

# When a process began: ids are used again, moments are not.
began_at() {
  LC_ALL=C ps -o lstart= -p "$1" 2>/dev/null || true
}

# The id of a part that runs; nothing otherwise.
part_pid() {
  local pid began
  [ -f "$(pid_file "$1")" ] || return 0
  { read -r pid && read -r began; } <"$(pid_file "$1")" || return 0
  [ -n "$began" ] && [ "$(began_at "$pid" | xargs)" = "$began" ] || return 0
  printf '%s' "$pid"
}

any_part_runs() {
  local part
  for part in $PARTS; do
    [ -z "$(part_pid "$part")" ] || return 0
  done
  return 1
}

any_part_known() {
  local part
  for part in $PARTS; do
    [ ! -f "$(pid_file "$part")" ] || return 0
  done
  return 1
}

# Starts COMMAND as a part: start_part PART COMMAND...
start_part() {
  local part=$1 pid
  shift
  mkdir -p "$(run_folder)"
  [ ! -f "$(log_file "$part")" ] || mv "$(log_file "$part")" "$(log_file "$part").1"
  # Job control gives it a process group, by which all below it can be ended. npm's own variable would
  # have it end with this script.
  set -m
  env -u npm_lifecycle_event "$@" </dev/null >"$(log_file "$part")" 2>&1 &
  pid=$!
  set +m
  printf '%s\n%s\n' "$pid" "$(began_at "$pid" | xargs)" >"$(pid_file "$part")"
}

# True while a process of the group lives; those that nobody has waited for do not.
group_lives() {
  ps -A -o pgid= -o stat= | awk -v group="$1" '$1 == group && $2 !~ /^Z/ { lives = 1 } END { exit !lives }'
}

# Asks a part to end, then ends whatever is left of its group.
stop_part() {
  local part=$1 pid began=$SECONDS
  pid=$(part_pid "$part")
  # A leader that crashed may have left others behind.
  [ -n "$pid" ] || pid=$(head -n 1 "$(pid_file "$part")" 2>/dev/null || true)
  if [ -n "$pid" ] && group_lives "$pid"; then
    kill -TERM "$pid" 2>/dev/null || kill -TERM -- "-$pid" 2>/dev/null || true
    while group_lives "$pid" && [ $((SECONDS - began)) -lt "$STOP_SECONDS" ]; do sleep 0.2; done
    if group_lives "$pid"; then kill -KILL -- "-$pid" 2>/dev/null || true; fi
    say "  $part has ended."
  fi
  rm -f "$(pid_file "$part")"
}
