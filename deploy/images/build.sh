#!/usr/bin/env bash
# build.sh HOME TOOLS [central|sensor] [--out DIR] [--fresh]: `./bulwark image`. Puts container images together from what
# the build left in apps/*/target, without a container engine; prints a line an image: name, digest, archive.
set -euo pipefail
export LC_ALL=C # one order of names everywhere
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
home=$1 tools=$2
shift 2

fail() { printf 'bulwark: %s\n' "$1" >&2; exit "${2:-1}"; }
say() { printf '%s\n' "$1" >&2; }
help() {
  cat <<'H'
Usage: ./bulwark image [central|sensor] [--out DIR] [--fresh]
  Makes the container images of Central and Sensor, or one of them: an archive each that `ctr images import`,
  `docker load`, `podman load` and `skopeo copy oci-archive:` take.
  --out DIR   where the archives go (.bulwark/images)
  --fresh     asks Debian for newer packages of the base, instead of those fetched before
H
}

apps=() out=$tools/images fresh=
while [ $# -gt 0 ]; do
  case $1 in
    central | sensor) apps+=("$1") ;;
    --out) out=${2:?--out needs a folder}; shift ;;
    --fresh) fresh=yes ;;
    -h | --help) help; exit 0 ;;
    *) help >&2; fail "unknown word: $1" 2 ;;
  esac
  shift
done
[ ${#apps[@]} -gt 0 ] || apps=(central sensor)

. "$here/debian.sh"
. "$here/oci.sh"
[ "$(uname -m)" = x86_64 ] || fail "images are made for amd64 on amd64, this is $(uname -m)"
: "${JAVA_HOME:?}"
version=$(sed -n 's/^  <version>\(.*\)<.*/\1/p' "$home/pom.xml" | head -1)
created=$(sed -n 's/.*<project.build.outputTimestamp>\(.*\)<.*/\1/p' "$home/pom.xml")
epoch=$(date -d "$created" +%s)
revision=$(git -C "$home" describe --always --dirty --abbrev=40 --exclude='*' 2> /dev/null || true)

# What the jars need at run time. jdeps names more (java.desktop, for annotations that nothing reads here).
common=java.base,java.logging,java.management,java.naming,java.net.http,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.net,jdk.unsupported
modules_of() { case $1 in central) echo $common,java.sql,jdk.zipfs ;; sensor) echo $common,jdk.httpserver ;; esac; }
# No file is written at run time: no performance counters, and the report of a crash goes to the log.
flags_of() { # app
  echo '-XX:+UseCompactObjectHeaders -XX:+UseSerialGC -XX:-UsePerfData -XX:+ErrorFileToStderr -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED'
  case $1 in central) echo '-XX:MaxRAMPercentage=40' ;; sensor) echo '-XX:MaxRAMPercentage=60' ;; esac # the rest: PostgreSQL; metaspace, buffers, stacks
}
title_of() { case $1 in central) echo 'Bulwark Central' ;; sensor) echo 'Bulwark Sensor' ;; esac; }
summary_of() {
  case $1 in
    central) echo 'API, storage, alerts and page of Bulwark; holds its certificate authority' ;;
    sensor) echo 'Watches one Kubernetes cluster read-only and tells Central' ;;
  esac
}

# A Java of only the modules needed, with the class archive for the flags that it is run with; the same bytes each time.
runtime_tree() { # app root
  mkdir -p "$2/opt"
  "$JAVA_HOME/bin/jlink" --add-modules "$(modules_of "$1")" --strip-debug --no-header-files --no-man-pages --compress zip-6 \
    --output "$2/opt/java" > "$work/$1.log" 2>&1 || { tail -5 "$work/$1.log" >&2; fail 'jlink failed'; }
  "$2/opt/java/bin/java" -Xshare:dump -XX:+UseCompactObjectHeaders -XX:+UseSerialGC > "$work/$1.log" 2>&1 ||
    { tail -5 "$work/$1.log" >&2; fail 'the class archive could not be made'; }
}

is_ours() { compgen -G "$home/*/target/$1" > /dev/null || compgen -G "$home/*/*/target/$1" > /dev/null; }
# jars_trees APP ROOT-OF-OTHERS ROOT-OF-OURS: others' jars change seldom, ours often.
jars_trees() {
  local app=$1 target=$home/apps/$1/target jar name class_path=
  [ -f "$target/$app-$version.jar" ] && [ -d "$target/lib" ] || fail "$target/$app-$version.jar is missing: run ./bulwark build"
  mkdir -p "$2/opt/bulwark/lib" "$3/opt/bulwark/app"
  for jar in "$target/$app-$version.jar" "$target"/lib/*.jar; do
    name=${jar##*/}
    if is_ours "$name"; then cp "$jar" "$3/opt/bulwark/app/$name"; class_path+=:/opt/bulwark/app/$name
    else cp "$jar" "$2/opt/bulwark/lib/$name"; class_path+=:/opt/bulwark/lib/$name; fi
  done
  { flags_of "$app" | tr ' ' '\n'; printf '%s\n' -cp "${class_path#:}" "bulwark.$app.Main"; } > "$3/opt/bulwark/$app.args"
}

image_of() { # app
  local app=$1 w=$work/$1 name=bulwark/$1:$version environment='"PATH=/opt/java/bin:/usr/bin","LANG=C.UTF-8"' labels more=
  mkdir -p "$w"
  begin_image "$w/image"
  base_tree "$debs" "$w/base"
  add_layer "$w/base" "Debian $suite: $base_packages"
  if [ "$app" = central ]; then
    postgres_tree "$debs" "$w/postgres-base"
    add_layer "$w/postgres-base" "Debian $suite: $postgres_packages"
  fi
  runtime_tree "$app" "$w/runtime"
  add_layer "$w/runtime" "jlink $("$JAVA_HOME/bin/jlink" --version)"
  jars_trees "$app" "$w/others" "$w/ours"
  if [ "$app" = central ]; then
    # PostgreSQL's programs lie in the image, unpacked by Central's own code: nothing on a volume is ever executed.
    mkdir -p "$w/postgres/opt/bulwark/cache/bulwark"
    "$JAVA_HOME/bin/java" -cp "$home/apps/central/target/lib/*" "$here/UnpackPostgres.java" "$w/postgres/opt/bulwark/cache/bulwark" 2> "$work/$app.log" ||
      { tail -5 "$work/$app.log" >&2; fail "PostgreSQL's programs could not be unpacked"; }
    add_layer "$w/postgres" "PostgreSQL's programs"
    environment+=',"XDG_CACHE_HOME=/opt/bulwark/cache"'
    more=',"Cmd":["--data","/data"],"ExposedPorts":{"8443/tcp":{},"8444/tcp":{}}'
  fi
  add_layer "$w/others" "libraries"
  add_layer "$w/ours" "Bulwark $version"
  labels=$(printf '{"org.opencontainers.image.title":"%s","org.opencontainers.image.description":"%s","org.opencontainers.image.version":"%s","org.opencontainers.image.licenses":"Apache-2.0","org.opencontainers.image.created":"%s"%s}' \
    "$(title_of "$app")" "$(summary_of "$app")" "$version" "$created" "${revision:+,\"org.opencontainers.image.revision\":\"$revision\"}")
  end_image "$out/$app-$version.tar" "$name" \
    "\"User\":\"65532:65532\",\"WorkingDir\":\"/\",\"Env\":[$environment],\"Entrypoint\":[\"/opt/java/bin/java\",\"@/opt/bulwark/$app.args\"]$more" "$labels"
  echo "$name $image_digest $out/$app-$version.tar"
  rm -rf "$w"
}

mkdir -p "$out" "$tools/images"
out=$(cd "$out" && pwd)
debs=$tools/images/debian-$suite
[ -z "$fresh" ] && [ -d "$debs" ] || fetch_packages "$debs"
work=$(mktemp -d "$tools/images/.work.XXXXXX")
trap 'rm -rf "$work"' EXIT
# Side by side: each is mostly one thread.
processes=()
for app in "${apps[@]}"; do
  image_of "$app" > "$work/$app.line" &
  processes+=($!)
done
for process in "${processes[@]}"; do wait "$process"; done
for app in "${apps[@]}"; do cat "$work/$app.line"; done
