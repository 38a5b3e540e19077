#!/usr/bin/env bash
# conformance.sh HOME CASES: runs the cases of every suite in CASES that Bulwark implements and counts the others as skipped.
# A line a suite: `SUITE: N passed, N failed, N skipped`; the name of each failing case under it.
set -euo pipefail
home=$1 cases=$2
classpath=$home/core/policy/target/test-classes:$home/core/policy/target/classes
for module in core/model core/kubernetes; do classpath+=:$home/$module/target/classes; done
repository=$HOME/.m2/repository
for jar in com/google/re2j/re2j com/fasterxml/jackson/core/jackson-core com/fasterxml/jackson/core/jackson-databind \
  com/fasterxml/jackson/core/jackson-annotations org/snakeyaml/snakeyaml-engine org/jspecify/jspecify; do
  classpath+=:$(find "$repository/$jar" -name '*.jar' ! -name '*sources*' | sort -V | tail -1)
done
"$JAVA_HOME/bin/java" -cp "$classpath" bulwark.policy.PolicyConformance "$cases"
node "$home/deploy/dev/later-suites.mjs" "$cases"
