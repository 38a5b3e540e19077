# shellcheck shell=bash
# Writes an image in the OCI layout (and, in the same archive, as `docker save` does), byte for byte the same for the same
# content: names sorted, times and owners fixed, nothing of this machine in it.
# https://github.com/opencontainers/image-spec/blob/main/image-layout.md

digest_of() { sha256sum "$1" | cut -d' ' -f1; }
fixed_tar() { # archive folder name...
  tar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner --format=gnu -cf "$1" -C "$2" -- "${@:3}"
}
descriptor() { printf '{"mediaType":"%s","digest":"sha256:%s","size":%d}' "$1" "$2" "$(stat -c %s "$image/blobs/sha256/$2")"; }

# begin_image FOLDER: the layout is put together there.
begin_image() {
  image=$1 layers=() layer_files=() diffs=() histories=()
  mkdir -p "$image/blobs/sha256"
}

# add_layer TREE COMMENT: everything below TREE as the next layer.
add_layer() {
  local blob diff
  chmod -R u=rwX,go=rX "$1"
  [ ! -d "$1/tmp" ] || chmod 1777 "$1/tmp"
  fixed_tar "$image/layer" "$1" .
  diff=$(digest_of "$image/layer")
  gzip -n -1 "$image/layer"
  blob=$(digest_of "$image/layer.gz")
  mv "$image/layer.gz" "$image/blobs/sha256/$blob"
  layers+=("$(descriptor application/vnd.oci.image.layer.v1.tar+gzip "$blob")")
  diffs+=("\"sha256:$diff\"")
  histories+=("{\"created\":\"$created\",\"created_by\":\"$2\"}")
  layer_files+=("\"blobs/sha256/$blob\"")
}

joined() { local IFS=,; printf '%s' "$*"; }

# blob: standard input as a blob; its digest.
blob() {
  local digest
  cat > "$image/blob"
  digest=$(digest_of "$image/blob")
  mv "$image/blob" "$image/blobs/sha256/$digest"
  printf '%s' "$digest"
}

# end_image ARCHIVE NAME CONFIG LABELS: CONFIG are fields of the container's configuration, LABELS an object; both JSON.
end_image() {
  local archive=$1 name=$2 config manifest
  config=$(printf '{"architecture":"amd64","os":"linux","created":"%s","config":{%s,"Labels":%s},"rootfs":{"type":"layers","diff_ids":[%s]},"history":[%s]}' \
    "$created" "$3" "$4" "$(joined "${diffs[@]}")" "$(joined "${histories[@]}")" | blob)
  manifest=$(printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":%s,"layers":[%s],"annotations":%s}' \
    "$(descriptor application/vnd.oci.image.config.v1+json "$config")" "$(joined "${layers[@]}")" "$4" | blob)
  printf '{"imageLayoutVersion":"1.0.0"}' > "$image/oci-layout"
  printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:%s","size":%d,"platform":{"architecture":"amd64","os":"linux"},"annotations":{"io.containerd.image.name":"docker.io/%s","org.opencontainers.image.ref.name":"%s"}}]}' \
    "$manifest" "$(stat -c %s "$image/blobs/sha256/$manifest")" "$name" "${name#*:}" > "$image/index.json"
  printf '[{"Config":"blobs/sha256/%s","RepoTags":["%s"],"Layers":[%s]}]' "$config" "$name" "$(joined "${layer_files[@]}")" > "$image/manifest.json"
  chmod -R u=rwX,go=rX "$image"
  fixed_tar "$archive.new" "$image" oci-layout index.json manifest.json blobs
  mv "$archive.new" "$archive"
  image_digest=sha256:$manifest
}
