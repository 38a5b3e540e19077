#!/usr/bin/env bash
# install.sh HOME TOOLS: puts the CLI together in TOOLS/install: a jlink runtime, the jars, and a class archive recorded
# by that runtime. (A class archive of the older kind, not an AOT cache: picocli's classes are too old for the latter.)
set -euo pipefail
home=$1 tools=$2 out=$2/install runtime=$2/runtime
modules=java.base,java.net.http,java.logging,java.naming,jdk.crypto.ec,jdk.unsupported
flags=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1)
mkdir -p "$tools"
if [ ! -x "$runtime/bin/java" ] || [ "$(cat "$runtime/.made" 2>/dev/null)" != "$JAVA_HOME $modules" ]; then
  rm -rf "$runtime.new" "$runtime"
  "$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress zip-6 --output "$runtime.new"
  printf '%s' "$JAVA_HOME $modules" > "$runtime.new/.made"
  mv "$runtime.new" "$runtime"
fi
rm -rf "$out" && mkdir -p "$out/bin" "$out/lib"
cp "$home"/apps/cli/target/lib/*.jar "$home"/apps/cli/target/cli-*.jar "$out/lib/"
classpath=$(printf '%s:' "$out"/lib/*.jar); classpath=${classpath%:}
# The archive is a help, not a need: without it the commands are slower.
record() { "$runtime/bin/java" "${flags[@]}" -Xshare:off -XX:DumpLoadedClassList="$out/$1.list" -cp "$classpath" bulwark.cli.Main "${@:2}" > "$out/$1.txt" 2>&1 || true; }
record version version -o yaml
BULWARK_URL=http://127.0.0.1:1 BULWARK_TOKEN=none record list alert list severity:HIGH -o json
record help --help
grep -hv 'source:' "$out"/*.list | sed 's/ id: .*//' | sort -u > "$out/classes"
"$runtime/bin/java" "${flags[@]}" -Xshare:dump -Xlog:cds=off -Xlog:aot=off -XX:SharedClassListFile="$out/classes" -XX:SharedArchiveFile="$out/cli.jsa" -cp "$classpath" || true
rm -f "$out"/*.list "$out"/*.txt "$out/classes"
cat > "$out/bin/bulwark" <<S
#!/bin/sh
exec "$runtime/bin/java" ${flags[*]} -XX:SharedArchiveFile="$out/cli.jsa" -Xlog:cds=off -Xlog:aot=off -cp "$classpath" bulwark.cli.Main "\$@"
S
chmod +x "$out/bin/bulwark"
