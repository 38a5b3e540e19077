# shellcheck shell=bash
# Container images made from busybox without a container engine, and the sample application that runs on them.

pause='sleep 2147483647'

reproducible_tar() { # archive folder: the same bytes for the same content
  tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=ustar -cf "$1" -C "$2" .
}
hash_of() { sha256sum "$1" | cut -d' ' -f1; }

# begin_images: a scratch folder with the layer that all share.
begin_images() {
  local program root
  images=$(mktemp -d "$cache/images/.new.XXXXXX")
  root=$images/base
  mkdir -p "$root"/{bin,tmp,etc,proc,sys,dev,usr,var,root,app} "$images/archive"
  chmod 1777 "$root/tmp"
  install -m 755 "$bin/busybox" "$root/bin/busybox"
  for program in sh sleep ls cat echo ps wget nc id mount date httpd touch kill dd env; do ln -s busybox "$root/bin/$program"; done
  printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n' > "$root/etc/passwd"
  reproducible_tar "$images/base.tar" "$root"
  base_layer=$(hash_of "$images/base.tar")
  mkdir "$images/archive/$base_layer"
  mv "$images/base.tar" "$images/archive/$base_layer/layer.tar"
  : > "$images/manifest"
}
# add_image NAME USER SHELL-COMMAND: the shared layer, a small one of its own, and the command.
add_image() {
  local name=$1 user=$2 shell=$3 layer config
  rm -rf "$images/own"
  mkdir -p "$images/own/app"
  printf '%s\n' "$name" > "$images/own/app/index.html"
  printf '#!/bin/sh\ntrap "exit 0" TERM\n%s &\nwait $!\n' "$shell" > "$images/own/app/run" # the first process of a pod has no default for TERM
  chmod 755 "$images/own/app/run"
  reproducible_tar "$images/own.tar" "$images/own"
  layer=$(hash_of "$images/own.tar")
  mkdir -p "$images/archive/$layer"
  mv "$images/own.tar" "$images/archive/$layer/layer.tar"
  printf '{"architecture":"amd64","os":"linux","created":"1970-01-01T00:00:00Z","config":{"User":"%s","Env":["PATH=/bin"],"Cmd":["/app/run"],"WorkingDir":"/"},"rootfs":{"type":"layers","diff_ids":["sha256:%s","sha256:%s"]},"history":[{"created_by":"busybox-static of Debian"},{"created_by":"%s"}]}' \
    "$user" "$base_layer" "$layer" "$name" > "$images/config"
  config=$(hash_of "$images/config")
  mv "$images/config" "$images/archive/$config.json"
  printf '{"Config":"%s.json","RepoTags":["%s"],"Layers":["%s/layer.tar","%s/layer.tar"]}\n' "$config" "$name" "$base_layer" "$layer" >> "$images/manifest"
}
end_images() { # archive
  { printf '['; paste -sd, "$images/manifest" | tr -d '\n'; printf ']'; } > "$images/archive/manifest.json"
  (cd "$images/archive" && tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=ustar -cf "$images/done.tar" -- *)
  mv "$images/done.tar" "$1"
  rm -rf "$images"
}

# The pod sandbox, and a bare busybox for tests.
base_archive=$cache/images/base-$(cat "$here/lib/sample.sh" <(key_of debian-tools) | sha256sum | cut -c1-12).tar
base_images() {
  [ ! -f "$base_archive" ] || return 0
  mkdir -p "$cache/images"
  begin_images
  add_image localhost/pause:1 65534 "$pause"
  add_image localhost/busybox:1 0 "$pause"
  end_images "$base_archive"
}

# sample/images: name, user and command of each image.
sample_images() {
  local name user shell
  sample_archive=$cache/images/sample-$(cat "$here/sample/images" "$here/lib/sample.sh" <(key_of debian-tools) | sha256sum | cut -c1-12).tar
  [ ! -f "$sample_archive" ] || return 0
  build debian-tools
  mkdir -p "$cache/images"
  begin_images
  while read -r name user shell; do
    case $name in '' | '#'*) continue ;; esac
    add_image "$name" "$user" "$shell"
  done < "$here/sample/images"
  end_images "$sample_archive"
}

sample_namespaces='shop payments analytics platform-tools'
sample() {
  local namespace log=$dir/log/sample.log
  load
  pid_of kube-apiserver > /dev/null || fail "the instance does not run; run up --instance $dir first"
  if [ "$nodes" -gt 0 ]; then
    sample_images
    import_images "$sample_archive"
  fi
  apply() { kube apply --server-side --force-conflicts --field-manager=bulwark-sample -f "$1" > "$log" 2>&1 || fail_with_log "the sample application could not be applied" "$log" "Run sample again."; }
  apply "$here/sample/namespaces.yaml"
  accounts() { for namespace in $sample_namespaces; do kube get serviceaccount default -n "$namespace"; done; }
  [ -n "$api_only" ] || wait_for "ServiceAccounts of the sample" kube-controller-manager accounts
  for namespace in $sample_namespaces; do apply "$here/sample/$namespace.yaml"; done
  [ -z "$wait" ] || wait_for_sample
}
wait_for_sample() {
  local namespace kind log=$dir/log/sample.log
  [ $((nodes + fake_nodes)) -gt 0 ] || { say 'No nodes: the pods of the sample stay pending'; return; }
  for namespace in $sample_namespaces; do
    for kind in $(kube get deployment,statefulset,daemonset -n "$namespace" -o name); do
      kube rollout status "$kind" -n "$namespace" --timeout "${patience}s" > "$log" 2>&1 || not_ready "$namespace" "$kind"
    done
    [ "$fake_nodes" = 0 ] || continue # containers of fake nodes never end, and run nothing
    for kind in $(kube get job -n "$namespace" -l app.kubernetes.io/part-of=sample -o name); do
      kube wait "$kind" -n "$namespace" --for=condition=Complete --timeout "${patience}s" > "$log" 2>&1 || not_ready "$namespace" "$kind"
    done
    for kind in $(kube get pod -n "$namespace" -l app.kubernetes.io/component=bare-pod -o name); do
      kube wait "$kind" -n "$namespace" --for=condition=Ready --timeout "${patience}s" > "$log" 2>&1 || not_ready "$namespace" "$kind"
    done
  done
}
not_ready() {
  kube get events -n "$1" --field-selector type=Warning -o custom-columns=M:.message --no-headers 2>/dev/null | tail -1 >> "$dir/log/sample.log"
  fail_with_log "$2 in $1 is not ready" "$dir/log/sample.log" "See: cluster kubectl --instance $dir get events -n $1"
}
