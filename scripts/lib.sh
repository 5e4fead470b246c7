# Shared by the scripts; sourced.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
# The test script reads along, so that cargo itself cannot see whether there is a terminal.
if [[ -z ${CARGO_TERM_COLOR:-} && -t 1 ]]; then export CARGO_TERM_COLOR=always; fi

# Says what is needed to build, in a sentence each, when it is not there.
check_toolchain() {
    local lacking=0
    command -v cargo >/dev/null || {
        echo "Rust is missing: install toolchain 1.95 or newer with rustup, then try again." >&2
        lacking=1
    }
    command -v cc >/dev/null || {
        echo "A C compiler is missing: run 'apt-get install gcc libc6-dev' as root, then try again." >&2
        lacking=1
    }
    return $lacking
}
