#!/usr/bin/env bash
# test.sh: checks the types and runs the UI's tests; ends with `N passed, N failed, N skipped`.
set -euo pipefail
ui=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
"$ui/build.sh" packages
cd "$ui"
report=$(mktemp)
trap 'rm -f "$report"' EXIT
npm run --silent lint || { echo '0 passed, 1 failed, 0 skipped'; exit 1; }
touch -r ../apps/central/src/main/resources/openapi.yaml src/api/schema.ts
status=0
npx vitest run --reporter=default --reporter=json --outputFile.json="$report" || status=$?
node -e '
  const text = require("fs").readFileSync(process.argv[1], "utf8");
  if (text === "") { console.log("0 passed, 1 failed, 0 skipped"); process.exit(1); }
  const r = JSON.parse(text);
  const broken = r.testResults.filter(f => f.status === "failed" && f.assertionResults.length === 0).length;
  console.log(`${r.numPassedTests} passed, ${r.numFailedTests + broken} failed, ${r.numPendingTests + r.numTodoTests} skipped`);' "$report"
exit $status
