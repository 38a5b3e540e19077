# shellcheck shell=bash
# What this machine can run, what an instance changes on it, and how that is undone.

older() { [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -1)" = "$1" ]; }

# Each can_* prints "yes built", "yes unbuilt" or "no REASON", and its status says the same.
no() { echo "no $*"; return 1; }
can_build() { # part...
  has_parts "$@" && { echo 'yes built'; return; }
  local version
  command -v go > /dev/null || { no "Go is missing; install Go $(go_needed) or newer, or set KUBEBUILDER_ASSETS"; return; }
  version=$(cd / && go env GOVERSION | sed 's/^go//; s/[^0-9.].*//')
  if older "$version" "$(go_needed)" && { older "$version" 1.21 || [ "$(go env GOTOOLCHAIN)" = local ]; }; then
    no "Go $version is too old; install Go $(go_needed) or newer"
    return
  fi
  echo 'yes unbuilt'
}
can_api() {
  [ "$(uname -s)" = Linux ] || { no "it needs Linux, this is $(uname -s)"; return; }
  command -v openssl > /dev/null || can_install openssl || { no 'openssl is missing'; return; }
  # shellcheck disable=SC2086
  can_build $parts_api
}
can_control_plane() {
  can_api > /dev/null || { can_api; return; }
  can_build $parts_api kube-controller-manager kube-scheduler
}
can_fake_nodes() {
  can_api > /dev/null || { can_api; return; }
  # shellcheck disable=SC2086
  can_build $parts_control
}
can_nodes() {
  can_control_plane > /dev/null || { can_control_plane; return; }
  local id='' release=0
  id=$(sed -n 's/^ID=//p' /etc/os-release 2>/dev/null | tr -d '"') release=$(sed -n 's/^VERSION_ID=//p' /etc/os-release 2>/dev/null | tr -d '"')
  [ "$(id -u)" = 0 ] || { no 'real nodes need root'; return; }
  [ "$(uname -m)" = x86_64 ] || { no "real nodes need amd64, this is $(uname -m)"; return; }
  [ "$id" = debian ] && ! older "${release:-99}" 12 || { no "real nodes need Debian 12 or newer, this is ${id:-unknown} ${release:-}"; return; }
  unshare --net --mount true 2>/dev/null || { no 'this kernel or container allows no network and mount namespaces'; return; }
  { command -v ip > /dev/null || can_install iproute2; } || { no 'iproute2 is missing'; return; }
  ! command -v ip > /dev/null || unshare --net ip link add bwtest0 type veth peer name bwtest1 2>/dev/null || { no 'this kernel has no veth links'; return; }
  grep -qw overlay /proc/filesystems || modprobe overlay 2>/dev/null || { no 'this kernel has no overlay filesystem'; return; }
  [ -d /sys/fs/cgroup/unified ] || [ -d /sys/fs/cgroup/cpu ] || [ -f /sys/fs/cgroup/cgroup.controllers ] || { no 'no control groups are mounted on /sys/fs/cgroup'; return; }
  [ -w /sys/fs/cgroup ] || { no '/sys/fs/cgroup is read-only'; return; }
  ! has_part debian-tools || unshare --net "$bin/nft" add table ip bwtest 2>/dev/null || { no 'this kernel has no nftables'; return; }
  # shellcheck disable=SC2086
  can_build $parts_control $parts_nodes
}
can() {
  echo "api $(can_api)"
  echo "control-plane $(can_control_plane)"
  echo "nodes $(can_nodes)"
  echo "fake-nodes $(can_fake_nodes)"
}

# require LEVEL: fails with the reason, installs the few Debian packages that are missing.
require() {
  local reason
  reason=$("can_${1//-/_}") || fail "$1 cannot run here: ${reason#no }"
  local packages
  packages=$(missing_packages "$1")
  # shellcheck disable=SC2086
  [ -z "$packages" ] || install_packages $packages
}
can_install() { [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null && [ -n "$1" ]; }
missing_packages() { # level
  local wanted=''
  command -v openssl > /dev/null || wanted+=' openssl'
  if [ "$1" = nodes ]; then
    command -v ip > /dev/null || wanted+=' iproute2'
    has_part runc || { command -v gcc > /dev/null && [ -f /usr/include/stdlib.h ]; } || wanted+=' gcc libc6-dev'
  fi
  echo "${wanted# }"
}
installed_packages() { dpkg-query -W -f '${Package}:${Architecture} ${db:Status-Abbrev}\n' | awk '$2 ~ /^ii/ { print $1 }' | sort; }
# install_packages PACKAGE...: records every package that came, so that purge --host takes out exactly these.
install_packages() {
  local before log=$cache/log/apt.log
  can_install "$1" || fail "missing: $*; install with: apt-get install $*"
  say "Installing Debian packages: $*"
  mkdir -p "$state" "$cache/log"
  before=$(installed_packages)
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" > "$log" 2>&1 < /dev/null ||
    fail_with_log "packages could not be installed" "$log" "Run apt-get update, then apt-get install $*"
  comm -13 <(echo "$before") <(installed_packages) >> "$state/packages"
}

changes() { # nodes
  local packages level=control-plane
  [ "$1" = 0 ] || level=nodes
  packages=$(missing_packages "$level")
  echo "Outside its cache ($cache) and its folder an instance changes on this host:"
  echo "  $state: a line for each instance, and what was installed"
  echo "  Debian packages: ${packages:-none}"
  if [ "$1" -gt 0 ]; then
    echo "  $run_base/<k>: sockets and namespace files (k is the instance's number, from 1 to $highest_number)"
    echo "  network namespaces bw<k>-net and bw<k>-n1 to bw<k>-n$1, in /run/netns"
    echo "  one link bw<k> with address 10.(100+k).0.1, and routes through it to 10.(100+k), 10.(150+k) and 10.(200+k)"
    echo "  control groups bw<k>-node1 to bw<k>-node$1"
    echo "  not changed: ip_forward and other sysctls, /etc/criu, /run/containerd, firewall rules (each node has its own)"
  fi
  echo "  down takes the running parts out again, purge the instance, purge --host also the packages"
}

restore_host() {
  if [ -n "$(ls -A "$state/instances" 2>/dev/null)" ]; then
    [ -z "$host" ] || say "Kept for other instances: $state ($(cat "$state"/instances/* | tr '\n' ' '))"
    return 0
  fi
  if [ -s "$state/packages" ]; then
    say "Removing Debian packages: $(tr '\n' ' ' < "$state/packages")"
    mkdir -p "$cache/log"
    # shellcheck disable=SC2046
    DEBIAN_FRONTEND=noninteractive apt-get purge -y -qq $(cat "$state/packages") > "$cache/log/apt.log" 2>&1 < /dev/null ||
      fail_with_log "packages could not be removed" "$cache/log/apt.log" "Remove by hand: $(tr '\n' ' ' < "$state/packages")"
  fi
  rm -rf "$state"
  rmdir "$(dirname "$state")" 2>/dev/null || true
  rmdir "$run_base" 2>/dev/null || true
  if [ -d /run/netns ] && [ -z "$(ls -A /run/netns)" ] && [ "$(id -u)" = 0 ]; then umount /run/netns 2>/dev/null || true; rmdir /run/netns 2>/dev/null || true; fi
  [ -z "$host" ] || say "The host is as it was; the cache is kept in $cache"
}
