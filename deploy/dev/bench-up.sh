#!/usr/bin/env bash
# bench-up.sh: time from `./bulwark up` on data that exists until the page answers, median of 5, beside its limit.
set -euo pipefail
data=$(mktemp -d)
read -r http https grpc < <(node -e '
  const net = require("net");
  const free = () => new Promise(done => { const s = net.createServer().listen(0, "127.0.0.1", () => done([s, s.address().port])); });
  Promise.all([free(), free(), free()]).then(all => { console.log(all.map(a => a[1]).join(" ")); all.forEach(a => a[0].close()); });')
trap '"$BULWARK_HOME/bulwark" down --data "$data" --purge --yes >/dev/null 2>&1 || true; rm -rf "$data" "$data.log"' EXIT
times=()
for round in 0 1 2 3 4 5; do
  start=$(date +%s%N)
  "$BULWARK_HOME/bulwark" up --no-cluster --data "$data" --http "$http" --https "$https" --grpc "$grpc" > "$data.log" 2>&1 &
  pid=$!
  until curl -sf "http://127.0.0.1:$http/" 2>/dev/null | grep -q '<div id="root"'; do
    kill -0 $pid 2>/dev/null || { cat "$data.log" >&2; exit 1; }
    sleep 0.02
  done
  took=$((($(date +%s%N) - start) / 1000000))
  [ $round = 0 ] && echo "up: the first start, with a new database: $took ms" || times+=($took)
  "$BULWARK_HOME/bulwark" down --data "$data" >/dev/null 2>&1
  wait $pid 2>/dev/null || true
done
median=$(printf '%s\n' "${times[@]}" | sort -n | sed -n 3p)
printf 'up: from the command to a page, warm, median of 5\n  %-64s %9s ms %9s ms' 'measured, limit' "$median" 5000
if [ "$median" -gt 5000 ]; then echo '  OVER'; exit 1; fi
echo
