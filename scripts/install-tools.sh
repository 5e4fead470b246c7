#!/usr/bin/env bash
# Installs the Debian packages of packages.txt that the given part (test or bench) needs and that are missing.
# Asks the network for nothing when nothing is missing.
set -euo pipefail
part=${1:?usage: install-tools.sh test|bench}
list=$(dirname "$0")/packages.txt

PATH=$PATH:/usr/sbin:/sbin
is_there() { command -v "$1" >/dev/null || compgen -G "$1" >/dev/null; }
missing=()
while read -r package command parts why; do
    [[ -z $package || $package == \#* ]] && continue
    [[ ,$parts, == *,$part,* ]] || continue
    is_there "$command" && continue
    echo "missing: $package ($why)"
    missing+=("$package")
done <"$list"
((${#missing[@]})) || exit 0

as_root=()
if ((EUID != 0)); then
    command -v sudo >/dev/null || {
        echo "Installing needs root: run 'apt-get install ${missing[*]}' as root, then try again." >&2
        exit 1
    }
    as_root=(sudo)
fi
command -v apt-get >/dev/null || {
    echo "This is no Debian: install ${missing[*]} by the means of your system, then try again." >&2
    exit 1
}

# A package may start its service when it is installed; 101 forbids that (invoke-rc.d(8)).
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
    trap '"${as_root[@]}" rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
    "${as_root[@]}" chmod 755 "$policy"
fi

apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 "$@"; }
install() { apt install -y --no-install-recommends "${missing[@]}"; }
log=$(mktemp)
echo "installing: ${missing[*]}"
# The package lists of a fresh machine are empty or old: then fetch them and try once more.
if ! install >"$log" 2>&1 && ! { apt update >"$log" 2>&1 && install >>"$log" 2>&1; }; then
    tail -n 15 "$log" >&2
    echo "Could not install ${missing[*]}: is there a network? The whole output is in $log." >&2
    exit 1
fi
rm -f "$log"
echo "installed: ${missing[*]}"
