# shellcheck shell=bash
# The images' base: files of a few Debian packages, unpacked without installing anything, and the packages' own records
# under /var/lib/dpkg/status.d, where scanners look for them.

suite=trixie
# Packages of the base, and of the shell and libraries that PostgreSQL's programs need beside it.
base_packages='base-files libc6 libc-bin'
postgres_packages='dash gcc-14-base libgcc-s1 libstdc++6'

# Where this host has its packages from; the base comes from there too, whatever release the host is.
mirrors() { # security|main
  { cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null || true; } |
    awk -v want="$1" '/^URIs:/ { uri = $2 } /^deb / { for (i = 2; i <= NF && $i !~ /:\//; i++); uri = $i }
      uri { if ((uri ~ /security/) == (want == "security") && !found) found = uri; uri = "" } END { print found }'
}

# fetch_packages FOLDER: downloads the newest of each package with Debian's fixes into FOLDER, whole or not at all.
fetch_packages() {
  local folder=$1 state=$1.new main security options
  command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null ||
    fail 'images are made from Debian packages: apt-get and dpkg-deb are missing; run this on Debian or Ubuntu'
  [ -f /usr/share/keyrings/debian-archive-keyring.gpg ] || fail "Debian's keys are missing: install debian-archive-keyring"
  main=$(mirrors main) security=$(mirrors security)
  [ -n "$main" ] || fail 'no Debian mirror in /etc/apt/sources.list.d/*.sources or /etc/apt/sources.list'
  say "Fetching the base's packages (Debian $suite)"
  rm -rf "$state" && mkdir -p "$state"/{lists/partial,archives/partial,debs}
  source_of() { printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n\n' "$1" "$2"; }
  {
    source_of "$main" "$suite"
    if [ -n "$security" ]; then source_of "$security" "$suite-security"; else say 'No security mirror is configured here: the base has the fixes of point releases only'; fi
  } > "$state/debian.sources"
  options=(-o "Dir::Etc::sourcelist=$state/debian.sources" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::Lists=$state/lists"
    -o Dir::State::status=/dev/null -o "Dir::Cache=$state" -o "Dir::Cache::archives=$state/archives"
    -o APT::Architecture=amd64 -o APT::Sandbox::User=root -o Debug::NoLocking=1 -o Acquire::Languages=none)
  # shellcheck disable=SC2086 # a list of words
  (apt-get "${options[@]}" update -qq && cd "$state/debs" && apt-get "${options[@]}" download -qq $base_packages $postgres_packages) \
    > "$state/log" 2>&1 || { tail -3 "$state/log" >&2; fail "Debian's packages could not be fetched; the whole output is in $state/log"; }
  rm -rf "$folder" && mv "$state/debs" "$folder" && rm -rf "$state"
}

# unpack_package FOLDER NAME ROOT: its files without documentation, translations and character sets; its record.
unpack_package() {
  local deb root=$3 only=() status=$3/var/lib/dpkg/status.d
  deb=$(echo "$1/$2"_*.deb)
  [ "$2" != libc-bin ] || only=(./usr/lib/locale ./usr/share/doc/libc-bin/copyright) # C.UTF-8 alone; nobody runs ldd in there
  mkdir -p "$status"
  dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink -C "$root" --wildcards --no-same-owner \
    --exclude='./usr/share/man' --exclude='./usr/share/lintian' --exclude='./usr/share/locale' --exclude='./usr/share/info' \
    --exclude='./usr/share/doc/*/[!c]*' --exclude='./usr/share/doc/*/changelog*' --exclude='./usr/lib/*/gconv' "${only[@]}"
  dpkg-deb --field "$deb" > "$status/$2"
}

# base_tree FOLDER ROOT: the base with its one user.
base_tree() {
  local name
  mkdir -p "$2"/usr/{bin,sbin,lib,lib64} "$2/etc"
  for name in bin sbin lib lib64; do ln -s "usr/$name" "$2/$name"; done
  for name in $base_packages; do unpack_package "$1" "$name" "$2"; done
  printf 'root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/nonexistent:/sbin/nologin\n' > "$2/etc/passwd"
  printf 'root:x:0:\nnonroot:x:65532:\n' > "$2/etc/group"
}
postgres_tree() {
  local name
  mkdir -p "$2"/usr/bin
  for name in $postgres_packages; do unpack_package "$1" "$name" "$2"; done
}
