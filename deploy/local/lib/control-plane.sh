# shellcheck shell=bash
# etcd, kube-apiserver, kube-controller-manager and kube-scheduler of one instance, with their certificates.

# certificate NAME SUBJECT USAGE [SUBJECT-ALT-NAMES]: made once. Keys are RSA: Java's Kubernetes clients refuse EC keys in PKCS#8.
certificate() {
  local name=$1 p=$dir/pki
  [ ! -s "$p/$name.crt" ] || return 0
  openssl req -newkey rsa:2048 -nodes -subj "$2" -keyout "$p/$name.key" -out "$p/$name.csr"
  { echo "extendedKeyUsage=$3"; [ -z "${4:-}" ] || echo "subjectAltName=$4"; } > "$p/$name.ext"
  openssl x509 -req -in "$p/$name.csr" -CA "$p/ca.crt" -CAkey "$p/ca.key" -CAcreateserial -days 3650 -extfile "$p/$name.ext" -out "$p/$name.new"
  rm "$p/$name.csr" "$p/$name.ext"
  mv "$p/$name.new" "$p/$name.crt"
}
certificates() {
  local p=$dir/pki i
  umask 077
  mkdir -p "$p"
  if [ ! -s "$p/ca.crt" ]; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=bulwark-local-$number" -keyout "$p/ca.key" -out "$p/ca.new"
    mv "$p/ca.new" "$p/ca.crt"
  fi
  if [ ! -s "$p/sa.pub" ]; then
    openssl genrsa -out "$p/sa.key" 2048
    openssl rsa -in "$p/sa.key" -pubout -out "$p/sa.new"
    mv "$p/sa.new" "$p/sa.pub"
  fi
  certificate apiserver /CN=kube-apiserver serverAuth \
    "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:$host_address,IP:$services.0.1"
  certificate etcd /CN=etcd serverAuth,clientAuth "DNS:localhost,IP:127.0.0.1"
  certificate etcd-client /CN=kube-apiserver-etcd-client clientAuth DNS:kube-apiserver-etcd-client
  certificate admin /O=system:masters/CN=admin clientAuth
  certificate kube-controller-manager /CN=system:kube-controller-manager clientAuth
  certificate kube-scheduler /CN=system:kube-scheduler clientAuth
  certificate kubelet-client /O=system:masters/CN=kube-apiserver-kubelet-client clientAuth
  certificate front-proxy-client /CN=front-proxy-client clientAuth
  [ "$nodes" = 0 ] || certificate kube-proxy /CN=system:kube-proxy clientAuth # bound to system:node-proxier by default
  for ((i = 1; i <= nodes; i++)); do
    certificate "node$i" "/O=system:nodes/CN=system:node:node$i" clientAuth
    certificate "node$i-serving" "/O=system:nodes/CN=system:node:node$i" serverAuth "DNS:node$i,IP:$net.$i.2"
  done
  for ((i = 1; i <= fake_nodes; i++)); do certificate "fake$i" "/O=system:nodes/CN=system:node:fake$i" clientAuth; done
}

kubeconfig() { # name
  local p=$dir/pki
  cat > "$dir/$1.kubeconfig.new" <<T
apiVersion: v1
kind: Config
current-context: local
clusters:
- name: local
  cluster: {server: "https://$api_address:$api_port", certificate-authority: $p/ca.crt}
users:
- name: $1
  user: {client-certificate: $p/$1.crt, client-key: $p/$1.key}
contexts:
- name: local
  context: {cluster: local, user: $1}
T
  mv "$dir/$1.kubeconfig.new" "$dir/$1.kubeconfig"
}

kube() { "$(program kubectl)" --kubeconfig "$dir/admin.kubeconfig" --cache-dir "$dir/kubectl" "$@"; }
api_ready() { [ "$(kube get --raw /readyz --request-timeout=2s 2>/dev/null)" = ok ]; }
default_account() { kube get serviceaccount default --request-timeout=2s; }

start_etcd() {
  pid_of etcd > /dev/null && return
  local durable=--unsafe-no-fsync # survives kill -9 of any process, not the machine's; BULWARK_ETCD_FSYNC=1 is for that
  [ "${BULWARK_ETCD_FSYNC:-0}" != 1 ] || durable=
  free_ports 1 2
  # Whoever writes to etcd is root on real nodes: other users of this machine must not, nor the nodes themselves.
  local p=$dir/pki client=https://127.0.0.1:$((base + 1)) peer=https://127.0.0.1:$((base + 2))
  # shellcheck disable=SC2086
  start etcd "$(program etcd)" --data-dir "$dir/etcd" --enable-grpc-gateway=false $durable \
    --listen-client-urls "$client" --advertise-client-urls "$client" \
    --cert-file "$p/etcd.crt" --key-file "$p/etcd.key" --trusted-ca-file "$p/ca.crt" \
    --client-cert-auth --client-cert-allowed-hostname kube-apiserver-etcd-client \
    --listen-peer-urls "$peer" --initial-advertise-peer-urls "$peer" --initial-cluster "default=$peer" \
    --peer-cert-file "$p/etcd.crt" --peer-key-file "$p/etcd.key" --peer-trusted-ca-file "$p/ca.crt" \
    --peer-client-cert-auth --peer-cert-allowed-cn etcd
}
free_ports() { # offset...
  local offset i
  for offset in "$@"; do
    for i in $(seq 50); do listens $((base + offset)) || break; sleep 0.1; done # a killed process keeps its socket until its last thread is gone
    ! listens $((base + offset)) || fail "port $((base + offset)) of this instance is in use by another program; stop that, or purge --instance $dir and up again"
  done
}

start_apiserver() {
  pid_of kube-apiserver > /dev/null && return
  local p=$dir/pki more=()
  [ "$nodes" -gt 0 ] || more+=(--endpoint-reconciler-type none) # a loopback address cannot be an endpoint
  [ -z "$api_only" ] || more+=(--disable-admission-plugins ServiceAccount) # nobody makes the accounts
  cat > "$dir/audit-policy.yaml" <<'T'
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- {level: Metadata, resources: [{group: "", resources: [secrets, configmaps, serviceaccounts/token]}, {group: authentication.k8s.io, resources: [tokenreviews]}]}
- {level: None, nonResourceURLs: ["/healthz*", "/readyz*", "/livez*"]}
- {level: None, resources: [{group: coordination.k8s.io, resources: [leases]}]}
- {level: RequestResponse, verbs: [create, update, patch, delete, connect]}
- {level: Metadata}
T
  free_ports 0
  start kube-apiserver "$(program kube-apiserver)" --etcd-servers "https://127.0.0.1:$((base + 1))" \
    --etcd-cafile "$p/ca.crt" --etcd-certfile "$p/etcd-client.crt" --etcd-keyfile "$p/etcd-client.key" --bind-address "$api_address" \
    --advertise-address "$host_address" --secure-port "$api_port" --tls-cert-file "$p/apiserver.crt" --tls-private-key-file "$p/apiserver.key" \
    --client-ca-file "$p/ca.crt" --authorization-mode Node,RBAC --allow-privileged=true --enable-admission-plugins NodeRestriction \
    --service-account-key-file "$p/sa.pub" --service-account-signing-key-file "$p/sa.key" \
    --service-account-issuer https://kubernetes.default.svc --service-cluster-ip-range "$services.0.0/16" \
    --kubelet-client-certificate "$p/kubelet-client.crt" --kubelet-client-key "$p/kubelet-client.key" \
    --kubelet-certificate-authority "$p/ca.crt" --kubelet-preferred-address-types InternalIP,Hostname \
    --requestheader-client-ca-file "$p/ca.crt" --requestheader-allowed-names front-proxy-client \
    --requestheader-extra-headers-prefix X-Remote-Extra- --requestheader-group-headers X-Remote-Group \
    --requestheader-username-headers X-Remote-User --proxy-client-cert-file "$p/front-proxy-client.crt" \
    --proxy-client-key-file "$p/front-proxy-client.key" --audit-policy-file "$dir/audit-policy.yaml" \
    --audit-log-path "$dir/log/audit.log" --audit-log-maxsize 100 --audit-log-maxbackup 2 "${more[@]}"
}

start_controllers() {
  local p=$dir/pki name
  if ! pid_of kube-controller-manager > /dev/null; then
    free_ports 3
    name=$dir/kube-controller-manager.kubeconfig
    start kube-controller-manager "$bin/kube-controller-manager" --kubeconfig "$name" --authentication-kubeconfig "$name" \
      --authorization-kubeconfig "$name" --bind-address 127.0.0.1 --secure-port $((base + 3)) --leader-elect=false \
      --use-service-account-credentials --service-account-private-key-file "$p/sa.key" --root-ca-file "$p/ca.crt" \
      --cluster-signing-cert-file "$p/ca.crt" --cluster-signing-key-file "$p/ca.key"
  fi
  if ! pid_of kube-scheduler > /dev/null; then
    free_ports 4
    name=$dir/kube-scheduler.kubeconfig
    start kube-scheduler "$bin/kube-scheduler" --kubeconfig "$name" --authentication-kubeconfig "$name" \
      --authorization-kubeconfig "$name" --bind-address 127.0.0.1 --secure-port $((base + 4)) --leader-elect=false
  fi
}

start_control_plane() {
  local name
  mkdir -p "$dir/log"
  attempt "certificates could not be made" "$dir/log/openssl.log" "Look for a full disk." certificates
  if [ -f "$dir/admin.kubeconfig" ] && ! grep -q "https://$api_address:" "$dir/admin.kubeconfig"; then
    stop kube-scheduler kube-controller-manager kube-apiserver # the first nodes move the API server from loopback
  fi
  for name in admin kube-controller-manager kube-scheduler; do (umask 077; kubeconfig "$name"); done
  start_etcd
  start_apiserver
  wait_for "API server" kube-apiserver api_ready
  if [ -z "$api_only" ]; then
    start_controllers
    wait_for "default ServiceAccount" kube-controller-manager default_account
  fi
}

restart_apiserver() { # signal
  local pid i
  [[ ${1#SIG} =~ ^(KILL|TERM|INT|9|15|2)$ ]] || fail "--signal is KILL, TERM or INT, got $1"
  load
  lock_instance
  if pid=$(pid_of kube-apiserver); then
    kill -"$1" "$pid" 2>/dev/null || true
    for i in $(seq 300); do pid_of kube-apiserver > /dev/null || break; sleep 0.1; done
    stop kube-apiserver
  fi
  start_etcd
  start_apiserver
  wait_for "API server" kube-apiserver api_ready
}
