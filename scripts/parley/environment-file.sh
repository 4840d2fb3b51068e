# shellcheck shell=bash
# The file of settings that Docker's compose reads, for whatever runs without it.

# Exports what FILE sets and the environment does not.
read_environment_file() {
  local file=$1 line name value
  [ -f "$file" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      '' | '#'*) continue ;;
      *=*) ;;
      *) continue ;;
    esac
    name=${line%%=*}
    name=${name#export }
    value=${line#*=}
    value=${value%$'\r'}
    case $value in
      \"*\") value=${value#\"} value=${value%\"} ;;
      \'*\') value=${value#\'} value=${value%\'} ;;
      *) value=${value%% #*} ;;
    esac
    [[ $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || continue
    [ -n "${!name:-}" ] || export "$name=$value"
  done <"$file"
}
