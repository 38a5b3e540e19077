#!/usr/bin/env bash
# bench-cli.sh: whole-process times of the installed command, median of 11, beside their limits. `alert list` asks a Central
# that the benchmark starts with a data directory of its own.
set -euo pipefail
cli=$BULWARK_HOME/.bulwark/install/bin/bulwark
over=0
median() { # command...: milliseconds
  local i start times=()
  for i in $(seq 11); do
    start=$(date +%s%N); "$@" >/dev/null 2>&1 || true; times+=($((($(date +%s%N) - start) / 100000)))
  done
  printf '%s\n' "${times[@]}" | sort -n | sed -n 6p | sed 's/.$/.&/'
}
row() { # what measured limit
  printf '  %-64s %9s ms %9s ms' "$1" "$2" "$3"
  if [ "$3" != - ] && awk "BEGIN { exit !($2 > $3) }"; then printf '  OVER'; over=1; fi
  echo
}
echo 'cli: whole processes, median of 11'
printf '  %-64s %12s %12s\n' what measured limit
direct=$(median "$cli" version)
row 'bulwark version' "$direct" 200
through=$(median "$BULWARK_HOME/bulwark" version)
row './bulwark version' "$through" -
row 'what the launcher adds' "$(awk "BEGIN { printf \"%.1f\", $through - $direct }")" 100
data=$(mktemp -d)
read -r http https grpc < <(node -e '
  const net = require("net");
  const free = () => new Promise(done => { const s = net.createServer().listen(0, "127.0.0.1", () => done([s, s.address().port])); });
  Promise.all([free(), free(), free()]).then(all => { console.log(all.map(a => a[1]).join(" ")); all.forEach(a => a[0].close()); });')
"$BULWARK_HOME/bulwark" up --no-cluster --data "$data" --http "$http" --https "$https" --grpc "$grpc" > "$data.log" 2>&1 &
trap '"$BULWARK_HOME/bulwark" down --data "$data" --purge --yes >/dev/null 2>&1 || true; rm -rf "$data" "$data.log"' EXIT
for _ in $(seq 600); do grep -q 'Bulwark is at' "$data.log" && break; sleep 0.1; done
export BULWARK_URL=http://127.0.0.1:$http BULWARK_TOKEN; BULWARK_TOKEN=$(cat "$data/central/run/local-token")
row 'bulwark alert list' "$(median "$cli" alert list)" 600
exit $over
