#!/usr/bin/env bash
# cluster.sh HOME: builds the test cluster into its cache if this machine can; says why not otherwise.
set -euo pipefail
cluster=$1/deploy/local/cluster
"$cluster" can
case "$("$cluster" can)" in
  *nodes\ yes*|*nodes=yes*) "$cluster" build --parts all ;;
  *control-plane\ yes*|*control-plane=yes*) "$cluster" build --parts control-plane ;;
esac
