# shellcheck shell=bash
# Real nodes: a network and a mount namespace each, with containerd, kubelet and kube-proxy; and fake ones (kubemark).
#
#   host -- bw<k> ---- bw<k>-net (router) ---- bw<k>-n<i> (node) ---- pods
#
# The router forwards, so that the host need not. A node's own /run, /etc (an overlay) and kernel settings keep it from the host's.

# connect_host: router namespace, host link and routes; each step is skipped where it was done.
connect_host() {
  local router=bw$number-net link=bw$number cidr
  mkdir -p "$run/ns"
  if ! mountpoint -q "$run/ns"; then mount --bind "$run/ns" "$run/ns"; fi
  mount --make-private "$run/ns"
  [ -e "/run/netns/$router" ] || ip netns add "$router"
  ip -n "$router" link set lo up
  in_net "$router" sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
  if ! ip link show "$link" 2> /dev/null; then
    ip link add "$link" type veth peer name host netns "$router"
  fi
  ip addr replace "$host_address/24" dev "$link"
  ip link set "$link" up
  ip -n "$router" addr replace "$net.0.2/24" dev host
  ip -n "$router" link set host up
  ip -n "$router" route replace default via "$host_address"
  for cidr in $net.0.0/16 $pods.0.0/16 $services.0.0/16; do ip route replace "$cidr" via "$net.0.2"; done
  ip -n "$router" route replace "$services.0.0/16" via "$net.1.2" 2>/dev/null || true # again once node 1 has its link
}
in_net() { local ns=$1; shift; nsenter --net="/run/netns/$ns" "$@"; } # not `ip netns exec`: that hides /sys/fs/cgroup

link_node() { # i
  local i=$1 router=bw$number-net ns=bw$number-n$1
  [ -e "/run/netns/$ns" ] || ip netns add "$ns"
  ip -n "$router" link show "n$i" 2> /dev/null || ip -n "$router" link add "n$i" type veth peer name eth0 netns "$ns"
  ip -n "$router" addr replace "$net.$i.1/24" dev "n$i"
  ip -n "$router" link set "n$i" up
  ip -n "$ns" addr replace "$net.$i.2/24" dev eth0
  ip -n "$ns" link set eth0 up
  ip -n "$ns" link set lo up
  ip -n "$ns" route replace default via "$net.$i.1"
  in_net "$ns" sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
  ip -n "$router" route replace "$pods.$i.0/24" via "$net.$i.2"
  [ "$i" != 1 ] || ip -n "$router" route replace "$services.0.0/16" via "$net.1.2" # Services from the host: through node 1's kube-proxy
}

# The kubelet sets these; a node shows it the wanted values instead, so that the host keeps its own.
kubelet_sysctls='vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000'

# node_groups i: makes the node's control group under every v1 controller. A node that saw the others' containers would wait for each of them.
node_groups() {
  local controller group file
  for controller in /sys/fs/cgroup/*/; do
    [ -f "$controller/cgroup.procs" ] || continue
    group=${controller}bw$number-node$1
    mkdir -p "$group"
    for file in cpuset.cpus cpuset.mems; do [ ! -f "$group/$file" ] || cat "$controller/$file" > "$group/$file"; done
  done
}

isolate_mounts() { # i
  local name=node$1 r=$run/node$1
  ! mountpoint -q "$run/ns/$name.mnt" || return 0
  end_pods "$name" # of a node whose namespace is gone: nobody would find them again
  remove_groups "$name"
  rm -rf "$r"
  mkdir -p "$r"/{run/netns,run/lock,etc,etc-work,sysctl,cgroup}
  [ -f /sys/fs/cgroup/cgroup.controllers ] || node_groups "$1"
  : > "$run/ns/$name.mnt"
  # shellcheck disable=SC2016
  unshare --mount="$run/ns/$name.mnt" --propagation slave bash -e -c '
    r=$1 group=$2; shift 2
    if [ ! -f /sys/fs/cgroup/cgroup.controllers ]; then
      mount -t tmpfs -o mode=755 tmpfs "$r/cgroup"
      for controller in /sys/fs/cgroup/*/; do
        [ -d "$controller/$group" ] || continue
        mkdir "$r/cgroup/$(basename "$controller")"
        mount --bind "$controller/$group" "$r/cgroup/$(basename "$controller")"
      done
      umount -R /sys/fs/cgroup
      mount --move "$r/cgroup" /sys/fs/cgroup
    fi
    for setting in "$@"; do
      file=$r/sysctl/$(echo "${setting%=*}" | tr / .)
      echo "${setting#*=}" > "$file"
      [ ! -e "/proc/sys/${setting%=*}" ] || mount --bind "$file" "/proc/sys/${setting%=*}"
    done
    mount -t overlay overlay -o "lowerdir=/etc,upperdir=$r/etc,workdir=$r/etc-work" /etc
    # for checkpoints: without these, open connections and file locks fail a dump, and the network lock asks for iptables
    mkdir -p /etc/criu
    printf "tcp-established\nfile-locks\nnetwork-lock nftables\n" > /etc/criu/runc.conf
    mount --bind "$r/run" /run
    mount --make-rshared / # for volumes with mountPropagation; before, it would undo the moves above' isolate "$r" "bw$number-$name" $kubelet_sysctls
}
enter() { local i=$1; shift; nsenter --net="/run/netns/bw$number-n$i" --mount="$run/ns/node$i.mnt" "$@"; }

containerd_config() { # i
  local n=$dir/node$1
  cat <<T
version = 3
root = '$n/containerd'
state = '/run/containerd'
disabled_plugins = ['io.containerd.snapshotter.v1.blockfile', 'io.containerd.snapshotter.v1.btrfs', 'io.containerd.snapshotter.v1.zfs', 'io.containerd.snapshotter.v1.devmapper', 'io.containerd.nri.v1.nri']
[grpc]
address = '/run/containerd/containerd.sock'
[plugins.'io.containerd.cri.v1.images'.pinned_images]
sandbox = 'localhost/pause:1'
[plugins.'io.containerd.cri.v1.runtime']
restrict_oom_score_adj = $(can_lower_oom_score && echo false || echo true)
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
runtime_type = 'io.containerd.runc.v2'
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
BinaryName = '$n/bin/runc'
SystemdCgroup = false
[plugins.'io.containerd.cri.v1.runtime'.cni]
bin_dirs = ['$bin/cni']
conf_dir = '$n/cni'
T
}
can_lower_oom_score() { ((0x$(awk '/^CapEff/ { print $2 }' /proc/self/status) >> 24 & 1)); } # CAP_SYS_RESOURCE
cni_config() { # i
  cat <<T
{"cniVersion": "1.0.0", "name": "bulwark", "plugins": [{"type": "ptp", "ipMasq": false, "ipam": {"type": "host-local",
  "ranges": [[{"subnet": "$pods.$1.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}], "dataDir": "$dir/node$1/ipam"}}]}
T
}
kubelet_config() { # i
  local n=$dir/node$1
  cat <<T
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $net.$1.2
tlsCertFile: $dir/pki/node$1-serving.crt
tlsPrivateKeyFile: $dir/pki/node$1-serving.key
readOnlyPort: 0
failCgroupV1: false
cgroupDriver: cgroupfs
cgroupRoot: /
cgroupsPerQOS: false
enforceNodeAllocatable: []
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
makeIPTablesUtilChains: false
failSwapOn: false
authentication: {anonymous: {enabled: false}, x509: {clientCAFile: $dir/pki/ca.crt}, webhook: {enabled: true}}
authorization: {mode: Webhook}
evictionHard: {memory.available: 100Mi, nodefs.available: "1%", imagefs.available: "1%"}
podLogsDir: $n/logs
resolvConf: ""
T
}
kube_proxy_config() { # i
  cat <<T
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
bindAddress: $net.$1.2
healthzBindAddress: $net.$1.2:10256
metricsBindAddress: $net.$1.2:10249
clusterCIDR: $pods.0.0/16
clientConnection: {kubeconfig: $dir/kube-proxy.kubeconfig}
hostnameOverride: node$1
conntrack: {maxPerCore: 0, min: 0}
T
}

start_node() { # i
  local i=$1 name=node$1 n=$dir/node$1 program
  mkdir -p "$n"/{bin,cni,containerd,kubelet,logs} "$run/$name"
  attempt "the network of $name" "$dir/log/$name-network.log" "Run down --instance $dir, then up again." link_node "$i"
  attempt "the mounts of $name" "$dir/log/$name-mounts.log" "Run down --instance $dir, then up again." isolate_mounts "$i"
  for program in runc criu nft containerd-shim-runc-v2; do ln -sfn "$bin/$program" "$n/bin/$program"; done
  containerd_config "$i" > "$n/containerd.toml"
  cni_config "$i" > "$n/cni/10-bulwark.conflist"
  kubelet_config "$i" > "$n/kubelet.yaml"
  for program in "$name" kube-proxy; do (umask 077; kubeconfig "$program"); done
  if ! pid_of "$name-containerd" > /dev/null; then
    PATH=$n/bin:$PATH start "$name-containerd" nsenter --net="/run/netns/bw$number-n$i" --mount="$run/ns/$name.mnt" "$bin/containerd" -c "$n/containerd.toml"
  fi
  wait_for "containerd of $name" "$name-containerd" node_ctr "$i" version
  [ -n "$(node_ctr "$i" images ls -q name==localhost/pause:1)" ] || { base_images; node_import "$i" "$base_archive"; }
  if ! pid_of "$name-kubelet" > /dev/null; then
    started_kubelets+=" $name=$(date -u +%FT%TZ)"
    PATH=$n/bin:$PATH start "$name-kubelet" nsenter --net="/run/netns/bw$number-n$i" --mount="$run/ns/$name.mnt" "$bin/kubelet" --config "$n/kubelet.yaml" \
      --kubeconfig "$dir/$name.kubeconfig" --hostname-override "$name" --node-ip "$net.$i.2" --root-dir "$n/kubelet" --cert-dir "$n/certs" --v 2
  fi
  if ! pid_of "$name-kube-proxy" > /dev/null; then
    kube_proxy_config "$i" > "$n/kube-proxy.yaml" # written only here: kube-proxy ends when its file is touched
    PATH=$n/bin:$PATH start "$name-kube-proxy" nsenter --net="/run/netns/bw$number-n$i" --mount="$run/ns/$name.mnt" "$bin/kube-proxy" --config "$n/kube-proxy.yaml"
  fi
}
node_ctr() { local i=$1; shift; "$bin/ctr" -a "$run/node$i/run/containerd/containerd.sock" -n k8s.io "$@" 2> "$dir/log/ctr.log"; }
node_import() { # i archive
  node_ctr "$1" images import "$2" > /dev/null || fail_with_log "$2 could not be imported into node$1" "$dir/log/ctr.log" "It must be a docker or OCI archive."
}
import_images() {
  local archive i
  load
  [ "$nodes" -gt 0 ] || { say 'No real nodes: nothing to import into'; return; }
  for archive in "$@"; do
    [ -f "$archive" ] || fail "no such image archive: $archive"
    for ((i = 1; i <= nodes; i++)); do
      pid_of "node$i-containerd" > /dev/null || fail "node$i does not run; run up --instance $dir first"
      node_import "$i" "$archive"
    done
  done
}

start_fake_node() { # i
  local name=fake$1
  pid_of "$name" > /dev/null && return
  (umask 077; kubeconfig "$name")
  started_kubelets+=" $name=$(date -u +%FT%TZ)"
  rm -rf "$dir/fake/$name"
  mkdir -p "$dir/fake/$name"
  TMPDIR=$dir/fake/$name start "$name" "$bin/kubemark" --morph kubelet --name "$name" --kubeconfig "$dir/$name.kubeconfig" \
    --kubelet-port $((base + 8 + 2 * $1)) --kubelet-read-only-port $((base + 9 + 2 * $1)) --use-host-image-service=false
}

# nodes_ready: all are Ready by a report made since their kubelet was started, so that a stopped cluster's last words do not count.
nodes_ready() {
  [ "$(kube get nodes --request-timeout=2s -o 'jsonpath={range .items[*]}{.metadata.name}{" "}{range .status.conditions[?(@.type=="Ready")]}{.status}{" "}{.lastHeartbeatTime}{end}{"\n"}{end}' 2>/dev/null |
    awk -v started="$started_kubelets" 'BEGIN { n = split(started, s, /[ =]+/); for (i = 2; i < n; i += 2) since[s[i]] = s[i + 1] }
      $1 ~ /^(node|fake)[0-9]+$/ && $2 == "True" && ($3 "") >= (since[$1] "")' | wc -l)" -ge $((nodes + fake_nodes)) ]
}
# pods_fresh: no pod is shown running by a container that ended with the node's last stop.
pods_fresh() {
  local i shown running
  for ((i = 1; i <= nodes; i++)); do
    shown=$(kube get pods -A --request-timeout=5s --field-selector "spec.nodeName=node$i" -o 'go-template={{range .items}}{{range .status.containerStatuses}}{{if .state.running}}{{.containerID}}{{"\n"}}{{end}}{{end}}{{end}}') || return 1
    running=$(node_ctr "$i" tasks ls -q)
    [ -z "$(comm -23 <(sed -n 's#^containerd://##p' <<< "$shown" | sort) <(sort <<< "$running"))" ] || return 1
  done
}
# Nodes of an earlier `up` with more of them.
stop_surplus_nodes() {
  local file name i
  for file in "$dir"/pid/node*-kubelet "$dir"/pid/fake*; do
    [ -f "$file" ] || continue
    name=${file##*/} name=${name%-kubelet} i=${name//[^0-9]/}
    case $name in
      node*) [ "$i" -gt "$nodes" ] || continue; stop "$name-kubelet"; end_pods "$name"; stop "$name-kube-proxy" "$name-containerd"; remove_node "$i"; remove_groups "$name" ;;
      fake*) [ "$i" -gt "$fake_nodes" ] || continue; stop "$name" ;;
    esac
    kube delete node "$name" --ignore-not-found --wait=false > /dev/null 2>&1 || true
  done
}

own_groups() { find /sys/fs/cgroup -depth -type d -path "/sys/fs/cgroup*/bw$number-${1:-node[0-9]*}*" 2>/dev/null; } # [NODE]
# pod_pids [NODE]: the processes below the shims, and those in the control groups, of this instance or of one node.
pod_pids() {
  local shims
  shims=$(marked "$dir" | sed 's#.*#/proc/&/environ#' | xargs -r grep -lzxE "BULWARK_PART=${1:-node[0-9]+}-containerd" 2>/dev/null | cut -d/ -f3 | tr '\n' ' ')
  {
    cat /proc/[0-9]*/stat 2>/dev/null | sed 's/(.*)/-/' | awk -v shims="$shims" '{ parent[$1] = $4; if ($3 == "Z") dead[$1] }
      END { n = split(shims, s); for (i = 1; i <= n; i++) below[s[i]]
        do { more = 0; for (p in parent) if (!(p in below) && parent[p] in below) { below[p]; more = 1; if (!(p in dead)) print p } } while (more) }'
    own_groups "${1:-}" | xargs -r -I{} cat {}/cgroup.procs 2>/dev/null
  } | sort -u
}
# end_pods [NODE]: TERM, two seconds, KILL.
end_pods() {
  local signal pid
  for signal in TERM KILL; do
    for pid in $(pod_pids "${1:-}"); do kill -"$signal" "$pid" 2>/dev/null || true; done
    for _ in $(seq 20); do [ -n "$(pod_pids "${1:-}")" ] || break; sleep 0.1; done
  done
}
remove_groups() { own_groups "${1:-}" | xargs -r rmdir 2>/dev/null || true; } # [NODE]
remove_node() { # i: its mounts go with its namespace
  umount "$run/ns/node$1.mnt" 2>/dev/null || true
  ip netns del "bw$number-n$1" 2>/dev/null || true
}
remove_network() {
  local file i
  [ "$(id -u)" = 0 ] && command -v ip > /dev/null || return 0
  for file in /run/netns/bw"$number"-n[0-9]*; do [ -e "$file" ] || continue; i=${file##*-n}; remove_node "$i"; done
  ip netns del "bw$number-net" 2>/dev/null || true
  ip link del "bw$number" 2>/dev/null || true
  remove_groups
  umount "$run"/ns/*.mnt 2>/dev/null || true
  umount "$run/ns" 2>/dev/null || true
}
