# shellcheck shell=bash
# What all parts of `cluster` share: telling, failing, locks, and processes that are known by more than their number.

cache=${BULWARK_CLUSTER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bulwark/cluster}
if [ "$(id -u)" = 0 ]; then
  state=/var/lib/bulwark/cluster run_base=/run/bulwark
else
  state=${XDG_STATE_HOME:-$HOME/.local/state}/bulwark/cluster run_base=$state/run
fi
patience=${BULWARK_CLUSTER_TIMEOUT:-90} # seconds that one part may take to become ready

say() { printf '%s\n' "$*" >&2; }
fail() { printf 'cluster: %s\n' "$*" >&2; exit 1; }

# fail_with_log WHAT LOG REMEDY: one line with the last telling line of the log.
fail_with_log() {
  local last
  last=$({ grep -aE '^[EF][0-9]|[Ee]rror|fatal|panic|E: ' "$2" || tail -1 "$2" || true; } 2> /dev/null | tail -1 | cut -c1-300)
  fail "$1: ${last:-no output}. Whole log: $2. $3"
}

# attempt WHAT LOG REMEDY COMMAND...: each step of the command (a function) must succeed. Never called before || or &&, where bash forgets that.
attempt() {
  local what=$1 log=$2 remedy=$3 outcome
  shift 3
  set +e
  (set -e; "$@") > "$log" 2>&1 < /dev/null 8>&- 9>&-
  outcome=$?
  set -e
  [ "$outcome" = 0 ] || fail_with_log "$what" "$log" "$remedy"
}

# lock FILE WAITING-LINE: holds descriptor 8 on FILE until unlock or the end of the process.
lock() {
  while true; do
    mkdir -p "$(dirname "$1")" 2> /dev/null || fail "$(dirname "$1") cannot be created; set BULWARK_CLUSTER_CACHE or use another user"
    exec 8>"$1"
    flock -n 8 || { say "$2"; flock 8; }
    [ /proc/self/fd/8 -ef "$1" ] && return # else its holder has removed the file
  done
}
unlock() { exec 8>&-; }

boot_id() { cat /proc/sys/kernel/random/boot_id; }
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# A pid file holds "pid start-time boot-id", written by the process itself before exec, so that none is ever started unrecorded.
# start NAME COMMAND...: a daemon with its log and pid file in the instance's folder.
start() {
  local name=$1
  shift
  mkdir -p "$dir/log" "$dir/pid"
  [ "$(stat -c %s "$dir/log/$name.log" 2>/dev/null || echo 0)" -lt 50000000 ] || mv "$dir/log/$name.log" "$dir/log/$name.log.1"
  # shellcheck disable=SC2016
  BULWARK_INSTANCE=$dir BULWARK_PART=$name setsid nohup bash -c '
    read -r stat < "/proc/$$/stat"; set -- "$0" "$@"; fields=(${stat##*) })
    cd /; echo "$$ ${fields[19]} $(cat /proc/sys/kernel/random/boot_id)" > "$1"; shift; exec "$@"' \
    "$dir/pid/$name" "$@" >> "$dir/log/$name.log" 2>&1 < /dev/null 8>&- 9>&- &
  local i
  for i in $(seq 100); do pid_of "$name" > /dev/null && return; sleep 0.02; done
  fail_with_log "$name ended at once" "$dir/log/$name.log" "Mend what it names, then run up again."
}

# pid_of NAME: its pid, if it is alive and the very process that was started.
pid_of() {
  local pid began boot
  read -r pid began boot 2>/dev/null < "$dir/pid/$1" || return 1
  [ "$boot" = "$(boot_id)" ] && [ "$(started_at "$pid")" = "$began" ] && [ "$(process_state "$pid")" != Z ] && echo "$pid"
}
process_state() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -c1; }

# stop NAME...: TERM, ten seconds, KILL.
stop() {
  local name pid i alive
  for name in "$@"; do ! pid=$(pid_of "$name") || kill "$pid" 2>/dev/null || true; done
  for i in $(seq 100); do
    alive=
    for name in "$@"; do ! pid_of "$name" > /dev/null || alive=yes; done
    [ -n "$alive" ] || break
    sleep 0.1
  done
  for name in "$@"; do
    ! pid=$(pid_of "$name") || kill -9 "$pid" 2>/dev/null || true
    rm -f "$dir/pid/$name"
  done
  return 0
}

# marked DIR: pids of all processes that carry the instance's mark in their environment (also shims that outlived containerd).
marked() { grep -lzxF "BULWARK_INSTANCE=$1" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3 | grep -vx $$ || true; }

# wait_for WHAT PARTS COMMAND...: polls until the command succeeds, one of the parts (a list in one word) is dead, or it is late.
wait_for() {
  local what=$1 parts=$2 part until=$((SECONDS + patience))
  shift 2
  until "$@" > /dev/null 2>&1; do
    for part in $parts; do
      pid_of "$part" > /dev/null || fail_with_log "$what: $part ended" "$dir/log/$part.log" "Mend what it names, then run up again."
    done
    [ "$SECONDS" -lt "$until" ] ||
      fail_with_log "$what: not ready after $patience s" "$dir/log/$part.log" "A slow machine may need BULWARK_CLUSTER_TIMEOUT=300."
    sleep 0.1
  done
}
