# Sourced by ./bulwark: `./bulwark test [unit|conformance|e2e|ui] [--data DIR] [--no-install]`.
# Builds, runs the tests of the part (all without one) and ends with one line `N passed, N failed, N skipped`.
dev=$home/deploy/dev
. "$dev/packages.sh"

test_help() {
  cat <<'H'
Usage: ./bulwark test [PART] [--data DIR] [--no-install]
  unit           unit, store and API tests of all modules, and the UI's own
  conformance    cases of public projects, from ../shared/conformance or --data DIR; a line a suite
  e2e            the whole system on a real Kubernetes cluster
  ui             every page in a real browser; screenshots go to .bulwark/screenshots
Without PART all of them run. --no-install refuses to install what is missing and says what that is.
H
}

part=all cases=$home/../shared/conformance may_install=yes
while [ $# -gt 0 ]; do
  case $1 in
    unit | conformance | e2e | ui) part=$1 ;;
    --data) [ $# -gt 1 ] || fail '--data needs a folder: the cases of ./bulwark test conformance' 2; cases=$2; shift ;;
    --no-install) may_install=no ;;
    -h | --help) test_help; exit 0 ;;
    *) fail "test knows no $1; parts are unit, conformance, e2e and ui, ./bulwark test --help shows all" 2 ;;
  esac
  shift
done
passed=0 failed=0 skipped=0
started=$SECONDS
logs=$tools/test; mkdir -p "$logs"
wants() { [ "$part" = all ] || [ "$part" = "$1" ]; }
count() { passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3)); }
heading() { printf '\n== %s (%d s)\n' "$1" $((SECONDS - started)); }

# Adds up what Surefire reported since the part began, names what failed, and says why tests were skipped.
count_surefire() {
  local sums
  sums=$(find "$home" -path '*/target/surefire-reports/TEST-*.xml' -newer "$logs/mark" -exec sed -n '/<testsuite /{p;q}' {} \; |
    awk '{ for (i = 1; i <= NF; i++) if (match($i, /^(tests|errors|failures|skipped)="[0-9]+"/)) { split($i, kv, "\""); sum[kv[1]] += kv[2] } }
      END { bad = sum["errors="] + sum["failures="]; print sum["tests="] - bad - sum["skipped="], bad + 0, sum["skipped="] + 0 }')
  # shellcheck disable=SC2086 # three numbers
  count $sums
  find "$home" -path '*/target/surefire-reports/TEST-*.xml' -newer "$logs/mark" -exec grep -ho '<skipped message="[^"]*"' {} + |
    sed 's/^<skipped message="/skipped: /; s/"$//' | cut -c1-200 | sort | uniq -c | sort -rn | head -20 || true
}
run_maven() { # name, then Maven's words
  local name=$1 status=0; shift
  touch "$logs/mark"
  : > "$logs/$name.log" # there before it is followed
  maven -Dmaven.test.failure.ignore=true -Dsurefire.skipAfterFailureCount=0 "$@" >> "$logs/$name.log" 2>&1 &
  local pid=$!
  tail -n +1 -f --pid=$pid "$logs/$name.log" | grep --line-buffered -E '^\[INFO\] Building |Tests run:.*Time elapsed|^\[ERROR\]' | cut -c1-240 || true
  wait $pid || status=$?
  count_surefire
  if [ $status != 0 ]; then
    grep -E '^\[ERROR\]' "$logs/$name.log" | head -5
    printf 'FAILED: the build stopped; the whole output is in %s\n' "$logs/$name.log"
    count 0 1 0
  fi
}
# Adds the numbers of a closing line `N passed, N failed, N skipped` at the end of a file.
count_line() { # name file status
  local line
  line=$(grep -oE '[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?' "$2" | tail -1)
  if [ -z "$line" ]; then printf 'FAILED: %s ended without a count (status %s); see %s\n' "$1" "$3" "$2"; count 0 1 0; return; fi
  # shellcheck disable=SC2046
  count $(printf '%s' "$line" | tr -cd '0-9 \n' | awk '{print $1, $2, $3 + 0}')
}

unit() {
  heading 'Unit, store and API tests'
  run_maven layout spotless:check
  run_maven unit verify -pl '!e2e,!bench' -Dspotless.check.skip=true
  heading 'Tests of the UI'
  local status=0
  "$home/ui/test.sh" > "$logs/ui-unit.log" 2>&1 || status=$?
  tail -5 "$logs/ui-unit.log"
  count_line 'the UI' "$logs/ui-unit.log" $status
}

conformance() {
  heading "Conformance cases of $cases"
  if [ ! -d "$cases" ]; then printf 'skipped: no folder %s\n' "$cases"; count 0 0 1; return; fi
  cases=$(cd "$cases" && pwd)
  # With all parts the classes are there already.
  [ "$part" = all ] || maven -q test-compile -pl core/policy -am > "$logs/conformance-build.log" 2>&1 ||
    { tail -20 "$logs/conformance-build.log"; count 0 1 0; return; }
  local suites=$logs/conformance.txt
  "$dev/conformance.sh" "$home" "$cases" | tee "$suites"
  # shellcheck disable=SC2046
  count $(awk -F'[:,] *' '/^[a-z0-9\/-]+: [0-9]+ passed/ { split($2, p, " "); split($3, f, " "); split($4, s, " "); a += p[1]; b += f[1]; c += s[1] } END { print a + 0, b + 0, c + 0 }' "$suites")
}

e2e() {
  heading 'The whole system on a real cluster'
  [ "$part" = all ] || build
  "$dev/cluster.sh" "$home" || true
  run_maven e2e verify -pl e2e -am -Dunit.skip=true -Dspotless.check.skip=true
}

ui() {
  heading 'Every page in a real browser'
  build
  local status=0
  "$dev/browser.sh" "$home" "$tools/screenshots" > "$logs/browser.log" 2>&1 || status=$?
  tail -40 "$logs/browser.log"
  count_line 'the browser' "$logs/browser.log" $status
}

install_packages "$part" "$may_install"
if [ "$part" = all ]; then build; fi
for each in unit conformance e2e ui; do if wants $each; then $each; fi; done
printf '\n%d s\n%d passed, %d failed, %d skipped\n' $((SECONDS - started)) $passed $failed $skipped
[ $failed = 0 ] && [ $passed -gt 0 ]
