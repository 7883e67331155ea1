#!/usr/bin/env bash
# Runs one case of upstream's test/cmd against a server: kubectl-suite.sh <release folder> <folder of binaries> <port> <case>
# The cases are functions of the release's own scripts; this is their legacy-script.sh without what starts servers.
set -uo pipefail
release=$1 binaries=$2 port=$3 WHAT=$4
cd "$release" || exit 2
mkdir -p _output
ln -sfn "$binaries" _output/bin
export KUBE_ROOT=$release SECURE_API_PORT=$port ALLOW_SKEW=true KUBE_JUNIT_REPORT_DIR
KUBE_JUNIT_REPORT_DIR=$(mktemp -d)
trap 'rm -rf "$KUBE_JUNIT_REPORT_DIR" "$KUBE_TEMP"' EXIT
set -o errexit -o nounset
source "$KUBE_ROOT/hack/lib/init.sh"
source "$KUBE_ROOT/hack/lib/test.sh"
source "$KUBE_ROOT/test/cmd/legacy-script.sh"
# Two cases are named otherwise than all others.
run_secrets_tests() { run_secrets_test; }
run_kubectl_diff_same_names_tests() { run_kubectl_diff_same_names; }
kube::util::ensure-temp-dir
kube::util::ensure-gnu-sed
export HOME=$KUBE_TEMP CONTEXT=test
suffix=${WHAT//_/-}
suffix=${suffix,,}
kubectl config set-credentials test-admin --token admin-token
kubectl config set-cluster local --insecure-skip-tls-verify --server "https://127.0.0.1:$port"
kubectl config set-context "$CONTEXT" --user test-admin --cluster local --namespace "suite-$suffix"
kubectl config use-context "$CONTEXT"
kubectl create namespace "suite-$suffix"
export SUPPORTED_RESOURCES=("*")
runTests
