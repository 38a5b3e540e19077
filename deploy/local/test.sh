#!/usr/bin/env bash
# Tests the local cluster by using it: an instance with two real nodes and the sample, a second one beside it, restart, purge.
# Prints a line a case and, last, `N passed, N failed, N skipped`. Works in a folder of its own and leaves nothing behind.
set -uo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
cluster=$here/cluster
scratch=$(mktemp -d)
a=$scratch/a b=$scratch/b c=$scratch/c
passed=0 failed=0 skipped=0
trap 'for d in "$a" "$b" "$c"; do "$cluster" purge --instance "$d" > /dev/null 2>&1; done; rm -rf "$scratch"' EXIT

report() { printf '%-7s %6s s  %s\n' "$1" "$2" "$3"; }
seconds_since() { awk -v from="$1" -v to="$(date +%s.%N)" 'BEGIN { printf "%.1f", to - from }'; }
# holds SENTENCE COMMAND...
holds() {
  local sentence=$1 began
  began=$(date +%s.%N)
  shift
  if "$@" > "$scratch/output" 2>&1; then
    passed=$((passed + 1))
    report ok "$(seconds_since "$began")" "$sentence"
  else
    failed=$((failed + 1))
    report FAILED "$(seconds_since "$began")" "$sentence"
    tail -3 "$scratch/output" | sed 's/^/        /'
  fi
}
skip() { skipped=$((skipped + 1)); report skipped 0.0 "$1: $2"; }
finish() { printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"; [ "$failed" = 0 ]; exit; }
kube() { "$cluster" kubectl --instance "$a" "$@"; }
value() { sed -n "s/^$1=//p" "$a/cluster.env"; }

settings() { (cd /proc/sys && grep -H . net/ipv4/ip_forward vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops kernel/keys/root_max* 2>/dev/null); ls -d /etc/criu /run/containerd /var/lib/kubelet 2>/dev/null; true; }
# What an instance of that number left on the host: processes, mounts, links, routes, namespaces, groups, folders.
traces() { # number folder
  grep -lzxF "BULWARK_INSTANCE=$2" /proc/[0-9]*/environ 2>/dev/null
  grep -E "$2|/run/bulwark/$1/" /proc/mounts
  { ip -o link; ip -4 route show table all; ip netns; } 2>/dev/null | grep -E "bw$1[^0-9]|10\.($((100 + $1))|$((150 + $1))|$((200 + $1)))\."
  find /sys/fs/cgroup -maxdepth 2 -name "bw$1-*"
  ls -d "/run/bulwark/$1" "$2/etcd" "/var/lib/bulwark/cluster/instances/$1" 2>/dev/null
}
leaves_only_data() { local left; left=$(traces "$1" "$2" | grep -vxF -e "$2/etcd" -e "/var/lib/bulwark/cluster/instances/$1"); echo "$left"; [ -z "$left" ]; }
leaves_nothing() { local left; left=$(traces "$1" "$2"); echo "$left"; [ -z "$left" ]; }
fetch() { timeout 5 bash -c 'exec 3<> "/dev/tcp/$0/$1" && printf "GET /index.html HTTP/1.0\r\n\r\n" >&3 && cat <&3' "$1" "$2" | grep -q "$3"; }
fetch_from_pod() { # namespace pod address port expected
  kube exec -n "$1" "$2" -- sh -c "printf 'GET /index.html HTTP/1.0\r\n\r\n' | nc -w 5 $3 $4" | grep -q "$5"
}
eventually() { local i; for i in $(seq 50); do "$@" && return; sleep 0.2; done; return 1; }
# etcd_answers FOLDER CERTIFICATE: asked with a certificate of the instance, or with none.
etcd_answers() {
  local url certificate=()
  url=$(sed -n 's/^ETCD_URL=//p' "$1/cluster.env")
  [ -z "$2" ] || certificate=(-cert "$1/pki/$2.crt" -key "$1/pki/$2.key")
  printf 'GET /version HTTP/1.0\r\n\r\n' | timeout 5 openssl s_client -quiet -connect "${url#https://}" "${certificate[@]}" 2> /dev/null | grep -q etcdserver
}
etcd_is_closed() { etcd_answers "$b" etcd-client && ! etcd_answers "$b" '' && ! etcd_answers "$b" admin; }
pod_on() { kube get pods -n shop -l app=storefront --field-selector "spec.nodeName=$1" -o 'jsonpath={.items[0].metadata.name}'; }

before=$(settings)
"$cluster" can > "$scratch/can" || exit 1
cat "$scratch/can"
grep -q '^control-plane yes' "$scratch/can" || { skip 'all' "$(sed -n 's/^control-plane no //p' "$scratch/can")"; finish; }

holds 'a control plane alone starts' "$cluster" up --instance "$b" --nodes 0
holds 'every part of it runs' "$cluster" status --instance "$b"
holds 'etcd answers the API server alone' etcd_is_closed
holds 'the sample is accepted without nodes' "$cluster" sample --instance "$b"
holds 'a fake node joins it' "$cluster" up --instance "$b" --fake-nodes 2
holds 'and runs the sample'"'"'s pods' "$cluster" sample --instance "$b" --wait

assets_only() {
  local assets=$scratch/assets name
  mkdir -p "$assets"
  for name in etcd kube-apiserver kubectl; do ln -sf "$(sed -n 's/^CLUSTER_BIN=//p' "$b/cluster.env")/$name" "$assets/$name"; done
  KUBEBUILDER_ASSETS=$assets BULWARK_CLUSTER_CACHE=$scratch/cache PATH=/usr/sbin:/usr/bin:/sbin:/bin "$cluster" up --instance "$c" &&
    KUBEBUILDER_ASSETS=$assets "$cluster" kubectl --instance "$c" create namespace one && "$cluster" purge --instance "$c"
}
if PATH=/usr/sbin:/usr/bin:/sbin:/bin command -v go > /dev/null; then skip 'KUBEBUILDER_ASSETS alone gives an API server' 'Go is in a system folder'
else holds 'KUBEBUILDER_ASSETS alone gives an API server' assets_only; fi

# in one line, but for what it says before it changes anything
refuses() { local said; said=$("$@" 2>&1) && return 1; echo "$said"; said=$(grep -vE '^(Outside its cache|  )' <<< "$said"); [ "$(wc -l <<< "$said")" = 1 ] && [[ $said == cluster:* ]]; }
holds 'an unknown flag is refused in a line' refuses "$cluster" up --instance "$b" --nodse 2
holds 'a folder without an instance is refused in a line' refuses "$cluster" status --instance "$scratch/none"
no_cache() { refuses env BULWARK_CLUSTER_CACHE="$cluster" "$cluster" up --instance "$scratch/d" && "$cluster" purge --instance "$scratch/d"; }
holds 'a cache that cannot be one is refused in a line' no_cache
holds 'ports in use are refused in a line' refuses "$cluster" up --instance "$c" --port-base "$(sed -n 's/^API_PORT=//p' "$b/cluster.env")"

if ! grep -q '^nodes yes' "$scratch/can"; then
  skip 'everything on real nodes' "$(sed -n 's/^nodes no //p' "$scratch/can")"
  "$cluster" purge --instance "$b"
  finish
fi

holds 'two real nodes start beside it' "$cluster" up --instance "$a" --nodes 2
said_before() { [ "$(grep -c '^Outside its cache' "$scratch/output")" = 1 ] && head -1 "$scratch/output" | grep -q '^Outside its cache'; }
holds 'what that changes on the host is said once, before all else' said_before
holds 'every part of them runs' "$cluster" status --instance "$a"
holds 'the sample runs on them' "$cluster" sample --instance "$a" --wait
number=$(value INSTANCE) port=$(value API_PORT)
one=$(pod_on node1) two=$(pod_on node2)
service=$(kube get service storefront -n shop -o 'jsonpath={.spec.clusterIP}')
holds 'the host reaches a Service' eventually fetch "$service" 80 storefront
holds 'a pod on node 1 reaches a Service' fetch_from_pod shop "$one" "$service" 80 storefront
holds 'a pod on node 2 reaches a Service' fetch_from_pod shop "$two" "$service" 80 storefront
holds 'a pod reaches a pod on the other node' fetch_from_pod shop "$one" "$(kube get pod -n shop "$two" -o 'jsonpath={.status.podIP}')" 8080 storefront
# shellcheck disable=SC2016
holds 'a pod reaches the API server by its Service' kube exec -n shop "$one" -- sh -c 'nc -w 2 "$KUBERNETES_SERVICE_HOST" 443 < /dev/null'
holds 'logs are readable' kube logs -n platform-tools daemonset/node-agent
no_secrets() { [ "$(kube auth can-i list secrets -A --as system:kube-proxy)" = no ] && grep -q '"username":"system:kube-proxy"' "$a/log/audit.log"; }
holds 'kube-proxy works with its own identity, which reads no Secrets' no_secrets
socket_hidden() { [ ! -e /run/containerd ] || [ "$(settings)" = "$before" ]; }
holds 'the runtime socket that pods mount is not the host'"'"'s' socket_hidden
checkpoint() {
  local pod
  pod=$(kube get pods -n shop -l app=cart -o 'jsonpath={.items[0].metadata.name}')
  kube create --raw "/api/v1/nodes/$(kube get pod -n shop "$pod" -o 'jsonpath={.spec.nodeName}')/proxy/checkpoint/shop/$pod/cart" -f /dev/null &&
    find "$a" -path '*/kubelet/checkpoints/checkpoint-*.tar' -size +10k | grep -q . && kube exec -n shop "$pod" -- id
}
holds 'the kubelet writes a checkpoint and the container lives on' checkpoint
holds 'the API server comes back after kill -9' "$cluster" restart-apiserver --instance "$a" --signal KILL
idempotent() { local pids; pids=$("$cluster" status --instance "$a") && "$cluster" up --instance "$a" && sleep 1 && [ "$("$cluster" status --instance "$a")" = "$pids" ]; }
holds 'up on what runs changes nothing' idempotent
repaired() {
  kill -9 "$(cut -d' ' -f1 "$a/pid/node1-kubelet")" "$(cut -d' ' -f1 "$a/pid/etcd")" "$(cut -d' ' -f1 "$a/pid/node2-containerd")" &&
    eventually sh -c "! '$cluster' status --instance '$a'" && "$cluster" up --instance "$a" && "$cluster" status --instance "$a"
}
holds 'up starts again what was killed' repaired
kube create configmap kept --from-literal=here=yes > /dev/null
holds 'down stops all' "$cluster" down --instance "$a"
holds 'and nothing of it runs or is mounted' leaves_only_data "$number" "$a"
holds 'up continues it' "$cluster" up --instance "$a"
same() { [ "$(kube get configmap kept -o 'jsonpath={.data.here}')" = yes ] && [ "$(value API_PORT)" = "$port" ] && [ "$(value INSTANCE)" = "$number" ]; }
holds 'with the same data, number and port' same
holds 'and the sample runs again' "$cluster" sample --instance "$a" --wait
holds 'a Service is reachable again' eventually fetch "$service" 80 storefront
holds 'purge removes it' "$cluster" purge --instance "$a"
holds 'and leaves no process, mount, link, route, namespace, group or folder' leaves_nothing "$number" "$a"
holds 'the other instance was not touched' "$cluster" status --instance "$b"
second=$(sed -n 's/^INSTANCE=//p' "$b/cluster.env")
abandoned() { rm -rf "$b" && "$cluster" purge --instance "$scratch/none" && leaves_nothing "$second" "$b"; }
holds 'an instance whose folder was deleted is cleaned up' abandoned
unchanged() { diff <(echo "$before") <(settings); }
holds 'the settings of the host are as before' unchanged
finish
