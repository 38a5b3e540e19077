# shellcheck shell=bash
# An instance: a folder, and a number from which all its names, addresses and ports follow, so that many run side by side.

highest_number=49

# claimed numbers are files in $state/instances that hold the folder they belong to.
derive() {
  net=10.$((100 + number)) # net.0: host to router, net.<i>: router to node i
  pods=10.$((150 + number)) services=10.$((200 + number))
  host_address=$net.0.1
  run=$run_base/$number
  api_port=$base
  if [ "${nodes:-0}" -gt 0 ]; then api_address=$host_address; else api_address=127.0.0.1; fi
}

read_instance() {
  local key value
  [ -f "$dir/instance" ] || return 1
  number='' base='' known_nodes=0 known_fakes=0 known_api_only=''
  while IFS='=' read -r key value; do
    case $key in
      number) number=$value ;;
      base) base=$value ;;
      nodes) known_nodes=$value ;;
      fake_nodes) known_fakes=$value ;;
      api_only) known_api_only=$value ;;
    esac
  done < "$dir/instance"
  [ -n "$number" ] && [ -n "$base" ] || fail "$dir/instance is damaged; run purge --instance $dir"
}
write_instance() {
  printf 'number=%s\nbase=%s\nnodes=%s\nfake_nodes=%s\napi_only=%s\n' "$number" "$base" "$nodes" "$fake_nodes" "$api_only" > "$dir/instance.new"
  mv "$dir/instance.new" "$dir/instance"
}

# load: an instance that exists, as it was last brought up.
load() {
  read_instance || fail "no instance in $dir; start one with: cluster up --instance $dir"
  nodes=$known_nodes fake_nodes=$known_fakes api_only=$known_api_only
  derive
}

# One command at a time changes an instance; reading ones do not wait.
lock_instance() {
  exec 9>"$dir/lock"
  flock -n 9 || { say "Another command works on $dir; waiting for it"; flock 9; }
}

listens() { # port: whether anything listens on it
  awk -v port="$(printf '%04X' "$1")" '$4 == "0A" && substr($2, length($2) - 3) == port { found = 1 } END { exit !found }' /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

usable() { # number: nothing on the machine stands in its way
  local k=$1 offset
  [ ! -e "$state/instances/$k" ] || return 1
  if [ -z "$port_base" ]; then for offset in 0 1 2 3 4; do ! listens $((17000 + k * 100 + offset)) || return 1; done; fi
  command -v ip > /dev/null || return 0
  ! { ip -4 route show table all; ip -4 -o addr; } 2>/dev/null | grep -qE "(^|[^0-9.])10\.($((100 + k))|$((150 + k))|$((200 + k)))\."
}

# Numbers whose folder was deleted, or that a folder no longer knows, are given back and their processes ended.
release_stale_claims() {
  local file owner
  for file in "$state"/instances/*; do
    [ -f "$file" ] || continue
    owner=$(cat "$file")
    [ -n "$owner" ] && grep -qx "number=${file##*/}" "$owner/instance" 2>/dev/null && continue
    say "Cleaning up after the instance that was in ${owner:-an unknown folder}"
    (dir=${owner:-/nonexistent} number=${file##*/} base=0 nodes=0; derive; end_all_processes; remove_network; rm -rf "$run")
    rm -f "$file"
  done
}

claim() {
  mkdir -p "$dir/log" "$state/instances" 2>/dev/null || fail "$dir or $state cannot be created; choose another folder or user"
  chmod 700 "$dir"
  lock_instance
  lock "$state/lock" "Waiting for another instance to choose its number"
  mkdir -p "$state/instances"
  release_stale_claims
  if read_instance; then
    local owner
    owner=$(cat "$state/instances/$number" 2>/dev/null || true)
    [ -z "$owner" ] || [ "$owner" = "$dir" ] ||
      fail "$dir was moved or copied: its number $number belongs to $owner; run purge --instance $dir and up again"
    [ -z "$port_base" ] || [ "$port_base" = "$base" ] || fail "$dir keeps its ports from $base on; run purge first to change them"
  else
    for ((number = 1; number <= highest_number; number++)); do usable "$number" && break; done
    [ "$number" -le "$highest_number" ] || fail "all $highest_number instance numbers are in use; see $state/instances and purge some"
    base=${port_base:-$((17000 + number * 100))}
    [ "$base" -ge 1024 ] && [ "$base" -le 65400 ] || fail "--port-base must be from 1024 to 65400, got $base"
    local offset
    for offset in 0 1 2 3 4; do ! listens $((base + offset)) || fail "port $((base + offset)) is in use; choose another --port-base"; done
  fi
  nodes=${nodes:-${known_nodes:-0}} fake_nodes=${fake_nodes:-${known_fakes:-0}} api_only=${api_only:-${known_api_only:-}}
  echo "$dir" > "$state/instances/$number"
  derive
  write_instance
  unlock
}

# cluster.env: what others need to know, plain KEY=value lines.
write_env() {
  local i
  {
    echo "INSTANCE=$number"
    echo "INSTANCE_DIR=$dir"
    echo "KUBECONFIG=$dir/admin.kubeconfig"
    echo "KUBERNETES_VERSION=$(kubernetes_version)"
    echo "CLUSTER_BIN=$bin"
    echo "API_ADDRESS=$api_address"
    echo "API_PORT=$api_port"
    echo "API_URL=https://$api_address:$api_port"
    echo "ETCD_URL=https://127.0.0.1:$((base + 1))"
    echo "AUDIT_LOG=$dir/log/audit.log"
    echo "CA_FILE=$dir/pki/ca.crt"
    echo "SERVICE_CIDR=$services.0.0/16"
    echo "POD_CIDR=$pods.0.0/16"
    echo "HOST_ADDRESS=$([ "$nodes" -gt 0 ] && echo "$host_address" || echo 127.0.0.1)"
    echo "NODES=$nodes"
    echo "FAKE_NODES=$fake_nodes"
    for ((i = 1; i <= nodes; i++)); do
      echo "NODE${i}_NAME=node$i"
      echo "NODE${i}_ADDRESS=$net.$i.2"
      echo "NODE${i}_NETNS=bw$number-n$i"
      echo "NODE${i}_MOUNTNS=$run/ns/node$i.mnt"
      echo "NODE${i}_CONTAINERD=$run/node$i/run/containerd/containerd.sock"
      echo "NODE${i}_KUBELET=$dir/node$i/kubelet"
    done
  } > "$dir/cluster.env.new"
  mv "$dir/cluster.env.new" "$dir/cluster.env"
}

up() {
  local i started_kubelets=''
  [ ${#dir} -le 60 ] || fail "the instance folder's path may have 60 characters (sockets lie below it), this has ${#dir}: $dir"
  case $dir/ in /run/* | /var/run/* | /etc/*) fail "the instance folder cannot be below /run or /etc: $dir" ;; esac
  if [ -n "$nodes" ] && [ "$nodes" -gt 20 ]; then fail "at most 20 real nodes, got $nodes; use --fake-nodes for more"; fi
  if [ -n "$fake_nodes" ] && [ "$fake_nodes" -gt 40 ]; then fail "at most 40 fake nodes, got $fake_nodes"; fi
  # said once for an instance, before anything is installed or made; again where it gets more nodes
  if ! read_instance || [ "${nodes:-0}" -gt "$known_nodes" ]; then changes "${nodes:-0}" >&2; fi
  require api
  claim
  if [ -z "$api_only" ] && ! can_control_plane > /dev/null; then
    [ "$nodes$fake_nodes" = 00 ] || fail "nodes need controllers and a scheduler: $(can_control_plane)"
    api_only=yes
    say "API server alone, without controllers: $(can_control_plane)"
  fi
  if [ -n "$api_only" ]; then [ "$nodes$fake_nodes" = 00 ] || fail "--api-only goes without nodes"; fi
  if [ "$nodes" -gt 0 ]; then require nodes; elif [ -z "$api_only" ]; then require control-plane; fi
  write_instance
  # shellcheck disable=SC2046
  build $(needed_parts)
  if [ "$nodes" -gt 0 ]; then
    mkdir -p "$run"
    attempt "the network" "$dir/log/network.log" "Run down --instance $dir, then up again." connect_host
  fi
  start_control_plane
  for ((i = 1; i <= nodes; i++)); do start_node "$i"; done
  for ((i = 1; i <= fake_nodes; i++)); do start_fake_node "$i"; done
  stop_surplus_nodes
  if [ $((nodes + fake_nodes)) -gt 0 ]; then
    wait_for "$((nodes + fake_nodes)) nodes Ready" "kube-apiserver $(started_parts kubelet) $(started_parts fake)" nodes_ready
    wait_for "the pods of the nodes" "kube-apiserver $(started_parts kubelet)" pods_fresh
  fi
  write_env
  echo "$dir/admin.kubeconfig"
}
needed_parts() {
  echo "$parts_api"
  [ -n "$api_only" ] || echo kube-controller-manager kube-scheduler
  [ "$fake_nodes" = 0 ] || echo kubemark
  [ "$nodes" = 0 ] || echo "$parts_nodes"
}

down() {
  [ -f "$dir/instance" ] || { say "No instance in $dir"; return; }
  stop_instance
  say "Stopped; the data is kept in $dir"
}
stop_instance() {
  load
  lock_instance
  end_all_processes
  remove_network
  rm -rf "$run" "$dir/pid"
}

# Those that would start pods again first, then the pods, then what served them.
end_all_processes() {
  local name
  # shellcheck disable=SC2046
  stop $(started_parts kubelet) $(started_parts fake) kube-controller-manager kube-scheduler
  end_pods
  # shellcheck disable=SC2046
  stop $(started_parts kube-proxy) $(started_parts containerd) kube-apiserver
  stop etcd
  local pid
  for name in TERM KILL; do
    for pid in $(marked "$dir"); do kill -"$name" "$pid" 2>/dev/null || true; done
    for _ in $(seq 30); do [ -n "$(marked "$dir")" ] || return 0; sleep 0.1; done
  done
}
started_parts() { local file; for file in "$dir"/pid/*"$1"*; do [ -f "$file" ] && echo "${file##*/}"; done; return 0; }

purge() {
  if [ -n "$dir" ]; then
    if [ -f "$dir/instance" ]; then
      stop_instance
      lock "$state/lock" "Waiting for another instance to choose its number"
      [ "$(cat "$state/instances/$number" 2>/dev/null)" != "$dir" ] || rm -f "$state/instances/$number"
      unlock
      remove_instance_files
      say "Removed the instance in $dir"
    else
      say "No instance in $dir"
    fi
  fi
  if [ -d "$state" ]; then
    lock "$state/lock" "Waiting for another instance to choose its number"
    release_stale_claims
    if [ -n "$host" ] || [ ! -s "$state/packages" ]; then restore_host; fi
    unlock
  fi
}
# Only what `up` made, so that a folder that was shared by mistake loses nothing else.
remove_instance_files() {
  rm -rf "${dir:?}"/{etcd,pki,log,pid,kubectl,sample,fake,instance,instance.new,cluster.env,cluster.env.new,audit-policy.yaml,lock} "$dir"/node[0-9]* "$dir"/*.kubeconfig
  rmdir "$dir" 2>/dev/null || say "Kept in $dir: $(find "$dir" -mindepth 1 -maxdepth 1 -printf '%f ' | head -c 300)"
}

status() {
  local name pid expected='etcd kube-apiserver' i all=yes
  load
  [ -n "$api_only" ] || expected+=' kube-controller-manager kube-scheduler'
  for ((i = 1; i <= nodes; i++)); do expected+=" node$i-containerd node$i-kubelet node$i-kube-proxy"; done
  for ((i = 1; i <= fake_nodes; i++)); do expected+=" fake$i"; done
  for name in $expected; do
    if pid=$(pid_of "$name"); then echo "$name running $pid"; else echo "$name stopped"; all=; fi
  done
  [ -n "$all" ] || exit 1
}
