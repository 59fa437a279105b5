# Shared by the set-up steps; sourced, never run. Every step may be run again at any time:
# it looks at what is there, and a stamp tells from which inputs a result was made.

set -euo pipefail

PROJECT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
TOOLS="$PROJECT/.tools"          # uv, and Node where the machine's is too old
STAMPS="$TOOLS/stamps"
VENV="$PROJECT/.venv"
OLDEST_NODE=20
UV_VERSION=0.13.9
NODE_WHEEL_VERSION=22.20.0

# Only Python as installed: uv must not fetch an interpreter of its own.
export UV_PYTHON_DOWNLOADS=never
# Behind an office's own gateway only the machine's certificates know it.
export UV_SYSTEM_CERTS=1
export PATH="$TOOLS/bin:$PATH"
# Readers of files are processes of their own: compiled anew each time they take three times as long.
unset PYTHONDONTWRITEBYTECODE
mkdir -p "$TOOLS/bin" "$STAMPS"

say() { printf '%s\n' "$*" >&2; }

give_up() {
    say "$@"
    exit 1
}

may_be_root() {
    [ "$(id -u)" -eq 0 ] ||
        { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }
}

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

# install_packages NAME...: Debian packages that are still missing.
install_packages() {
    command -v apt-get >/dev/null ||
        give_up "Belum ada: $*. Mesin ini tidak punya apt; pasang dengan pengelola paketnya sendiri."
    may_be_root ||
        give_up "Belum ada: $*. Memasangnya memerlukan root, dan di sini tidak ada sudo." \
            $'\n'"Sebagai root, jalankan:  apt-get install --no-install-recommends $*" \
            $'\n'"lalu mulai lagi."
    say "Memasang: $*"
    as_root apt-get update -q </dev/null >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@" </dev/null >&2
}

# fingerprint TEXT... < list of files: one word that changes when any of them changes.
fingerprint() {
    { printf '%s\n' "$@"; xargs -r -d '\n' sha256sum --; } | sha256sum | cut -d' ' -f1
}

is_fresh() { [ "$(cat "$STAMPS/$1" 2>/dev/null)" = "$2" ]; }

stamp() { printf '%s\n' "$2" >"$STAMPS/$1"; }
