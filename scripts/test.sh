#!/usr/bin/env bash
# All checks in stages. The last line says how many checks passed and failed; the exit code is 0 only without failures.
# A stage without tests of its own (format, lints, documents, builds) counts as one check.
set -uo pipefail
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
check_toolchain || exit 1
scripts/install-tools.sh test || exit 1

results=$(mktemp) behind=$(mktemp)
# Ends a process and all below it.
end() {
    local child
    for child in $(cat "/proc/$1/task/"*/children 2>/dev/null); do end "$child"; done
    kill "$1" 2>/dev/null
}
trap '[[ -n ${behind_pid:-} ]] && end "$behind_pid"; rm -f "$results" "$behind"' EXIT
# An interrupt is for what runs in front: what runs behind would go on.
trap 'exit 130' INT TERM
# What happens behind is told there at the end; that a stage is over is said at once.
exec 3>&1

# Longer than any stage takes, the first build on a small machine included: what hangs is ended, and said.
STAGE_S=2400

# stage NAME COMMAND...: runs it in the open and counts the tests that it reports.
stage() {
    local name=$1 begin=$SECONDS status ok bad log
    shift
    log=$(mktemp)
    printf '\n=== %s: %s\n' "$name" "$*"
    timeout --kill-after=10 $STAGE_S "$@" 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    ((status == 124)) && printf '%s is not over after %d minutes, and was ended\n' "$name" $((STAGE_S / 60))
    # A line of libtest: test result: ok. 12 passed; 0 failed; ...; of vitest: Tests  12 passed (12); of the page's own runner: 12 of 12 passed
    read -r ok bad < <(sed 's/\x1b\[[0-9;]*m//g' "$log" | awk '
        /^test result:/ { ok += $4; bad += $6 }
        /^ *Tests  / { for (i = 2; i < NF; i++) { if ($(i + 1) ~ /^passed/) ok += $i; if ($(i + 1) ~ /^failed/) bad += $i } }
        /^[0-9]+ of [0-9]+ passed$/ { ok += $1; bad += $3 - $1 }
        END { print ok + 0, bad + 0 }')
    rm -f "$log"
    ((ok + bad == 0 && status == 0)) && ok=1
    ((bad == 0 && status != 0)) && bad=1
    local word=ok
    ((status == 0)) || word=FAILED
    printf '%-14s %-7s %5d passed %4d failed %5d s\n' "$name" "$word" "$ok" "$bad" $((SECONDS - begin)) | tee -a "$results" >&3
    return "$status"
}

# The page first: the daemon carries it.
page=(npm --prefix webui --silent) page_stands=false
stage page-packages "${page[@]}" ci --no-audit --no-fund &&
    stage page-check "${page[@]}" run check &&
    stage page-api "${page[@]}" run check:api &&
    stage page-units "${page[@]}" test &&
    stage page-build "${page[@]}" run build &&
    stage page-sizes "${page[@]}" run budget &&
    page_stands=true

# The whole workspace is named each time, so that everything is built once, with one set of features.
stage format cargo fmt --all --check
stage build cargo test --workspace --locked --no-run
stage build-clients cargo test --workspace --test clients --locked --no-run
stage daemon cargo build --workspace --bins --locked
daemon_stands=$?

# What only computes, in the time that phones, sound and screens leave it.
compute() {
    renice -n 19 -p "$BASHPID" >/dev/null
    $page_stands && stage page-browser "${page[@]}" run e2e
    # Units, RFC sections, scenarios, chaos and the order of the house itself.
    stage tests cargo test --workspace --locked --no-fail-fast
    stage lints cargo clippy --workspace --all-targets --locked -- -D warnings
    stage lints-clients cargo clippy --workspace --test clients --bench servers --bench page --locked -- -D warnings
    RUSTDOCFLAGS="-D warnings" stage documents cargo doc --workspace --no-deps --locked
}
compute >"$behind" 2>&1 &
behind_pid=$!

((daemon_stands == 0)) && {
    # Sound is in real time: one after the other.
    stage real-clients cargo test --workspace --test clients --locked -- --test-threads=1
    stage page-real "${page[@]}" run real
    stage interface scripts/api-check.sh
}
wait "$behind_pid"
behind_pid=
cat "$behind"
# A stage that did not come to its end has failed, whatever it was that ended it.
for name in $($page_stands && echo page-browser) tests lints lints-clients documents; do
    grep -q "^$name " "$results" || printf '%-14s %-7s %5d passed %4d failed %5d s\n' "$name" LOST 0 1 0 >>"$results"
done

printf '\n=== summary, %d s\n' "$SECONDS"
cat "$results"
read -r passed failed < <(awk '{ ok += $3; bad += $5 } END { print ok + 0, bad + 0 }' "$results")
printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
