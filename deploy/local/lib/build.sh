# shellcheck shell=bash
# Builds the parts of a cluster once into the cache: Go programs from the modules in tools/, CRIU, nft and busybox from Debian's packages.
# A part lives in parts/<name>-<key of its recipe>; bin/ holds links to the parts in use.

parts_api='etcd kube-apiserver kubectl'
parts_control="$parts_api kube-controller-manager kube-scheduler kubemark"
parts_nodes='kubelet kube-proxy containerd runc cni debian-tools'
bin=$cache/bin

kubernetes_version() { awk '$1 == "k8s.io/kubernetes" { print $2; exit }' "$here/tools/kubernetes/go.mod"; }

# The module folder of a part; nothing for what comes from Debian.
module_of() {
  case $1 in
    etcd | containerd | runc | cni) echo "$1" ;;
    debian-tools) ;;
    *) echo kubernetes ;;
  esac
}
programs_of() {
  case $1 in
    containerd) echo containerd containerd-shim-runc-v2 ctr ;;
    cni) echo ptp loopback host-local ;;
    debian-tools) echo criu nft busybox ;;
    *) echo "$1" ;;
  esac
}
# The key changes with the module's versions, so that a new version is built and an old one is not taken for it.
key_of() {
  local module
  module=$(module_of "$1")
  { echo "recipe 1 $1"; [ -z "$module" ] || cat "$here/tools/$module/go.mod" "$here/tools/$module/go.sum"; } | sha256sum | cut -c1-12
}
folder_of() { echo "$cache/parts/$1-$(key_of "$1")"; }
has_part() {
  case " $parts_api " in *" $1 "*) [ -z "${KUBEBUILDER_ASSETS:-}" ] || { [ -x "$KUBEBUILDER_ASSETS/$1" ]; return; } ;; esac
  [ -d "$(folder_of "$1")" ]
}
has_parts() { local part; for part in "$@"; do has_part "$part" || return 1; done; }

# program NAME: the path to start it by.
program() {
  case " $parts_api " in *" $1 "*) [ -z "${KUBEBUILDER_ASSETS:-}" ] || { echo "$KUBEBUILDER_ASSETS/$1"; return; } ;; esac
  echo "$bin/$1"
}

go_build() { # module tags output package...
  local module=$1 tags=$2 out=$3 v=k8s.io/component-base/version version
  version=$(kubernetes_version)
  shift 3
  local flags="-s -w"
  [ "$module" != kubernetes ] || flags+=" -X $v.gitVersion=$version -X $v.gitMajor=1 -X $v.gitMinor=$(cut -d. -f2 <<< "$version") -X $v.gitTreeState=clean"
  (cd "$here/tools/$module" && go build -trimpath -buildvcs=false -mod=readonly -tags "$tags" -ldflags "$flags" -o "$out/" "$@")
}

# apt_fetch SUITE FOLDER: reads the package lists of one Debian suite into a state of our own; nothing is installed on the host.
apt_state() {
  local suite=$1 t=$2 uri
  uri=$(cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null |
    awk '/^URIs:/ && $2 !~ /security/ { print $2; exit } /^deb / { for (i = 2; i <= NF; i++) if ($i ~ /:\// && $i !~ /security/) { print $i; exit } }')
  [ -n "$uri" ] || { echo 'E: no Debian mirror in /etc/apt/sources.list.d/*.sources or /etc/apt/sources.list'; return 1; }
  mkdir -p "$t"/{lists/partial,archives/partial,deb,root}
  printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' "$uri" "$suite" > "$t/debian.sources"
  apt_options=(-o "Dir::Etc::sourcelist=$t/debian.sources" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::Lists=$t/lists"
    -o "Dir::Cache=$t" -o "Dir::Cache::archives=$t/archives" -o APT::Sandbox::User=root -o Debug::NoLocking=1)
  apt-get "${apt_options[@]}" update -qq
}
apt_unpack() { # folder package...
  local t=$1 deb
  shift
  (cd "$t/deb" && apt-get "${apt_options[@]}" download -qq "$@" && for deb in *.deb; do dpkg -x "$deb" ../root || exit 1; done)
}

# CRIU 4.2 or newer (older ones cannot dump sockets on kernel 6.16 and later), nft and busybox, beside their own libraries and started
# through their own loader, since they come from a newer Debian than the host may be.
build_debian_tools() {
  local out=$1 final=$2 suite t=$1/tree packages program
  for suite in forky sid; do
    rm -rf "$t"
    apt_state "$suite" "$t" || continue
    packages=$(apt-cache "${apt_options[@]}" depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances criu nftables |
      grep -E '^(lib|zlib|criu|nftables)' | grep -v ':i386' | sort -u)
    # shellcheck disable=SC2086
    apt_unpack "$t" $packages busybox-static || continue
    for program in criu nft; do
      # shellcheck disable=SC2016
      printf '#!/bin/sh\nt=%s/tree/root\nexec "$t/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" --library-path "$t/usr/lib/x86_64-linux-gnu" "$t/usr/sbin/%s" "$@"\n' "$final" "$program" > "$out/$program"
      chmod +x "$out/$program"
    done
    cp "$t/root/usr/bin/busybox" "$out/busybox" 2>/dev/null || cp "$t/root/bin/busybox" "$out/busybox" || return 1
    rm -rf "$t"/{lists,archives,deb,*.bin}
    return 0
  done
  return 1
}

# libseccomp is linked in statically from Debian's development package, unpacked beside; a small stand-in answers for pkg-config.
build_runc() {
  local out=$1 t=$1/seccomp root
  apt_state "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$t" && apt_unpack "$t" libseccomp-dev || return 1
  root=$t/root/usr
  find "$root" -name 'libseccomp.so*' -delete
  # shellcheck disable=SC2016
  printf '#!/bin/sh\ncase "$*" in *--libs*) echo "-L%s/lib/x86_64-linux-gnu -lseccomp" ;; *--modversion*) echo 2.5.4 ;; *) echo "-I%s/include" ;; esac\n' "$root" "$root" > "$t/pkg-config"
  chmod +x "$t/pkg-config"
  CGO_ENABLED=1 PKG_CONFIG="$t/pkg-config" go_build runc seccomp "$out" github.com/opencontainers/runc && rm -rf "$t"
}

build_part() { # part temporary-folder final-folder
  case $1 in
    etcd) CGO_ENABLED=0 go_build etcd '' "$2" go.etcd.io/etcd/server/v3 && mv "$2/server" "$2/etcd" ;;
    containerd) CGO_ENABLED=0 go_build containerd '' "$2" github.com/containerd/containerd/v2/cmd/{containerd,containerd-shim-runc-v2,ctr} ;;
    cni) CGO_ENABLED=0 go_build cni '' "$2" github.com/containernetworking/plugins/plugins/{main/ptp,main/loopback,ipam/host-local} ;;
    runc) build_runc "$2" ;;
    debian-tools) build_debian_tools "$2" "$3" ;;
    *) CGO_ENABLED=0 go_build kubernetes '' "$2" "k8s.io/kubernetes/cmd/$1" ;;
  esac
}

link_part() {
  local program folder
  folder=$(folder_of "$1")
  program=$(programs_of "$1")
  [ -d "$folder" ] || return 0 # from KUBEBUILDER_ASSETS
  case $(readlink "$bin/${program%% *}" "$bin/cni/${program%% *}") in "$folder"/*) return 0 ;; esac
  mkdir -p "$bin/cni"
  for program in $(programs_of "$1"); do
    case $1 in cni) ln -sfn "$folder/$program" "$bin/cni/$program" ;; *) ln -sfn "$folder/$program" "$bin/$program" ;; esac
  done
}

# build PART...: each is built into a temporary folder and renamed, so that an interrupted build goes on where it was.
build() {
  local part number=0 began folder temporary
  if has_parts "$@"; then for part in "$@"; do link_part "$part"; done; return; fi
  lock "$cache/lock" "Another build fills $cache; waiting for it"
  rm -rf "$cache/parts/".new.*
  for part in "$@"; do
    number=$((number + 1))
    if has_part "$part"; then link_part "$part"; continue; fi
    case " $parts_api " in *" $part "*) [ -z "${KUBEBUILDER_ASSETS:-}" ] || fail "KUBEBUILDER_ASSETS=$KUBEBUILDER_ASSETS has no $part; unset it to build one" ;; esac
    [ "$part" = debian-tools ] || command -v go > /dev/null || fail "$part is not built and Go is missing; install Go $(go_needed) or newer, or set KUBEBUILDER_ASSETS"
    began=$SECONDS folder=$(folder_of "$part") temporary=$cache/parts/.new.$part
    say "[$number/$#] $part: building"
    mkdir -p "$temporary" "$cache/log"
    attempt "$part could not be built" "$cache/log/$part.log" "It needs Go modules and Debian packages from the network, and 6 GB of disk with Go's caches." \
      build_part "$part" "$temporary" "$folder"
    mv "$temporary" "$folder"
    link_part "$part"
    say "[$number/$#] $part: built in $((SECONDS - began)) s"
  done
  unlock
}
go_needed() { awk '/^go / { print $2 }' "$here"/tools/*/go.mod | sort -V | tail -1; }
