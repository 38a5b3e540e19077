#!/usr/bin/env bash
# build.sh: builds the UI into ui/dist. Nothing is done where nothing has changed: packages are installed anew only for
# another package-lock.json, pages are built anew only for other sources.
set -euo pipefail
ui=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
contract=$ui/../apps/central/src/main/resources/openapi.yaml
only_packages=${1:-}
cd "$ui"

fail() { printf 'ui: %s\n' "$1" >&2; exit 1; }
command -v node >/dev/null || fail 'node was not found: install Node.js 20 or newer (Debian packages nodejs and npm)'
command -v npm >/dev/null || fail 'npm was not found: install it beside Node.js (Debian package npm)'
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || fail "Node.js 20 or newer is needed, this is $(node --version)"

hash_of() { sha256sum | cut -d' ' -f1; }
is_current() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; } # mark hash

# One build at a time: Maven may run this from two modules, a person beside it.
exec 9>"$ui/.lock"
flock 9

packages=$(cat package-lock.json package.json | hash_of)
if ! is_current node_modules/.bulwark "$packages"; then
  echo 'ui: installing packages (npm ci)'
  npm ci --no-audit --no-fund --ignore-scripts --loglevel=error || fail 'npm ci failed; see the lines above'
  printf '%s' "$packages" > node_modules/.bulwark
fi
[ "$only_packages" != packages ] || exit 0

sources=$({ printf '%s\n' "$packages"; find src public index.html vite.config.ts tsconfig.json "$contract" -type f \
  ! -name '*.test.ts' ! -name '*.test.tsx' ! -path 'src/test/*' ! -path src/api/schema.ts -print0 | sort -z | xargs -0 sha256sum; } | hash_of)
if ! is_current dist/.bulwark "$sources"; then
  echo 'ui: building the pages'
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  npm run --silent build > "$log" 2>&1 || { cat "$log" >&2; fail 'the build failed; see the lines above'; }
  # Made from the contract, and as old: `bulwark` would else take it for a changed source.
  touch -r "$contract" src/api/schema.ts
  printf '%s' "$sources" > dist/.bulwark
fi
