# Sourced: what the tests need beside JDK 25 and Maven, and how it is installed on Debian.

# command=package, for each part
packages_of() {
  case $1 in
    unit) echo 'node=nodejs npm=npm openssl=openssl unshare=util-linux setpriv=util-linux' ;;
    conformance) echo 'node=nodejs' ;;
    e2e) echo 'ip=iproute2 ss=iproute2 openssl=openssl nsenter=util-linux setsid=util-linux' ;;
    ui) echo 'node=nodejs npm=npm chromium=chromium ip=iproute2 openssl=openssl' ;;
    all) for each in unit conformance e2e ui; do packages_of $each; done ;;
  esac
}

install_packages() { # part yes|no
  local pair missing=()
  for pair in $(packages_of "$1"); do
    command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
  [ "$2" = yes ] || fail "missing packages: ${missing[*]} (--no-install was given): apt-get install ${missing[*]}"
  command -v apt-get >/dev/null || fail "missing: ${missing[*]}; install them by this system's package manager"
  [ "$(id -u)" = 0 ] || fail "missing packages: ${missing[*]}; run as root: apt-get install ${missing[*]}"
  say "Installing packages: ${missing[*]}"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } > "$tools/apt.log" 2>&1 ||
    { tail -5 "$tools/apt.log" >&2; fail "packages could not be installed: ${missing[*]}; see $tools/apt.log"; }
}
