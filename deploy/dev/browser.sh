#!/usr/bin/env bash
# browser.sh HOME SCREENSHOTS: starts Bulwark by `up` with a data directory of its own, as a newcomer would, and walks every
# page of it in Chromium.
set -euo pipefail
home=$1 shots=$2
data=$(mktemp -d)
# Three free ports, not those a running Bulwark has.
read -r http https grpc < <(node -e '
  const net = require("net");
  const free = () => new Promise(done => { const s = net.createServer().listen(0, "127.0.0.1", () => done([s, s.address().port])); });
  Promise.all([free(), free(), free()]).then(all => { console.log(all.map(a => a[1]).join(" ")); all.forEach(a => a[0].close()); });')
up() { "$home/bulwark" up --data "$data" --http "$http" --https "$https" --grpc "$grpc"; }
up > "$data.log" 2>&1 &
pid=$!
stop() {
  "$home/bulwark" down --data "$data" --purge --yes >> "$data.log" 2>&1 || true
  wait $pid 2>/dev/null || true
  rm -rf "$data"
}
trap stop EXIT
waited=0
until grep -qE 'Sensor watches|Central runs alone' "$data.log"; do
  if ! kill -0 $pid 2>/dev/null || [ $waited -gt 1200 ]; then tail -20 "$data.log"; echo '0 passed, 1 failed, 0 skipped'; exit 1; fi
  sleep 1
  waited=$((waited + 1))
done
password=$(sed -n "s/^Sign in as admin with the password \([^ ]*\).*/\1/p" "$data.log" | head -1)
mkdir -p "$shots"
node "$home/ui/browser/run.mjs" --url "http://127.0.0.1:$http" --password "$password" --screenshots "$shots"
