#!/usr/bin/env bash
# All checks in stages. The last line says how many checks passed and failed; the exit code is 0 only without failures.
# A stage without tests of its own (format, lints, documents, builds) counts as one check.
set -uo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
check_toolchain || exit 1
scripts/install-tools.sh test || exit 1

passed=0 failed=0 summary=()
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# stage NAME COMMAND...: runs it in the open and counts the tests that it reports.
stage() {
    local name=$1 begin=$SECONDS status ok bad
    shift
    printf '\n=== %s: %s\n' "$name" "$*"
    "$@" 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    # A line of libtest: test result: ok. 12 passed; 0 failed; ...
    read -r ok bad < <(awk '/^test result:/ { ok += $4; bad += $6 } END { print ok + 0, bad + 0 }' "$log")
    ((ok + bad == 0 && status == 0)) && ok=1
    ((bad == 0 && status != 0)) && bad=1
    passed=$((passed + ok)) failed=$((failed + bad))
    local word=ok
    ((status == 0)) || word=FAILED
    summary+=("$(printf '%-14s %-7s %5d passed %4d failed %5d s' "$name" "$word" "$ok" "$bad" $((SECONDS - begin)))")
    return "$status"
}

stage format cargo fmt --all --check
stage lints cargo clippy --workspace --all-targets --locked -- -D warnings
stage lints-clients cargo clippy --workspace --test clients --bench servers --locked -- -D warnings
RUSTDOCFLAGS="-D warnings" stage documents cargo doc --workspace --no-deps --locked
# Units, RFC sections, scenarios, chaos and the order of the house itself.
stage tests cargo test --workspace --locked --no-fail-fast
# Sound is in real time: one after the other.
# The whole workspace is named each time, so that everything is built once, with one set of features.
stage daemon cargo build --workspace --bins --locked &&
    stage real-clients cargo test --workspace --test clients --locked -- --test-threads=1

printf '\n=== summary, %d s\n' "$SECONDS"
printf '%s\n' "${summary[@]}"
printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
