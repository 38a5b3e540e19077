# Sourced by ./bulwark: `./bulwark bench [NAME...]`. Each benchmark prints a table beside its limits; status 1 where one is passed.
bench_names='policy sensor central cli up'
bench_help() {
  cat <<'H'
Usage: ./bulwark bench [NAME...]      all without a name
  policy    100 policies over 5,000 workloads of 3,000 pod shapes; one changed workload
  sensor    Sensor against a list/watch server with 75,000 pods and 3,000 nodes: heap, first sync
  central   that sync stored and evaluated; steady change; the alert list at 200,000 alerts
  cli       the installed command: version, alert list; what the launcher adds
  up        a warm `up` to a usable page
H
}
case "${1:-}" in -h | --help) bench_help; exit 0 ;; esac
chosen=${*:-$bench_names}
for name in $chosen; do case " $bench_names " in *" $name "*) ;; *) fail "there is no benchmark $name; there are $bench_names" 2 ;; esac; done
build
maven -q -DskipTests -Dspotless.check.skip=true package -pl bench -am > "$tools/bench-build.log" 2>&1 ||
  { grep ERROR "$tools/bench-build.log" | head -5 >&2; fail "the benchmarks could not be built; see $tools/bench-build.log"; }
over=0
for name in $chosen; do
  case $name in
    policy) "$JAVA_HOME/bin/java" -Xmx1g -XX:+UseSerialGC -XX:ActiveProcessorCount=1 -cp "$home/bench/target/bench-0.1.0.jar:$home/bench/target/lib/*" bulwark.bench.PolicyBench || over=1 ;;
    sensor | central)
      main=bulwark.bench.$(tr '[:lower:]' '[:upper:]' <<< "${name:0:1}")${name:1}Bench
      BULWARK_HOME=$home "$JAVA_HOME/bin/java" -Xmx1500m -cp "$home/bench/target/bench-0.1.0.jar:$home/bench/target/lib/*" "$main" || over=1 ;;
    cli | up) BULWARK_HOME=$home "$home/deploy/dev/bench-$name.sh" || over=1 ;;
  esac
  echo
done
exit $over
