#!/usr/bin/env bash
# conformance.sh HOME CASES: runs the cases of every suite in CASES that Bulwark implements and counts the others as skipped.
# A line a suite: `SUITE: N passed, N failed, N skipped`; the name of each failing case under it.
set -euo pipefail
home=$1 cases=$2
classpath=$home/core/policy/target/test-classes:$home/core/policy/target/classes:$(cat "$home/core/policy/target/conformance-classpath")
"$JAVA_HOME/bin/java" -cp "$classpath" bulwark.policy.PolicyConformance "$cases"
node "$home/deploy/dev/later-suites.mjs" "$cases"
