#!/usr/bin/env bash
# The locked Python packages, in .venv; with "test" also those that only checks and tests need.
source "$(dirname "$0")/common.sh"

install_uv() {
    [ "$(uv --version 2>/dev/null | cut -d' ' -f2)" = "$UV_VERSION" ] && return 0
    say "Memasang uv $UV_VERSION"
    python3 -m venv --clear "$TOOLS/uv"
    "$TOOLS/uv/bin/python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
        "uv==$UV_VERSION"
    ln -sf ../uv/bin/uv "$TOOLS/bin/uv"
}

inputs() { printf '%s\n' "$PROJECT/uv.lock" "$PROJECT/pyproject.toml"; }

python="$(command -v python3.11 || command -v python3)" || give_up "Python 3.11 tidak ada."
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' ||
    give_up "Diperlukan Python 3.11; di mesin ini $("$python" --version)."
key="$(inputs | fingerprint "$PROJECT" "$("$python" --version)")"
purpose="${1:-run}"
groups=()
[ "$purpose" = test ] || groups=(--no-dev)

# What serves the tests serves `make run` too: nothing is taken away again.
is_installed() { is_fresh python-test "$key" || is_fresh "python-$purpose" "$key"; }

if ! is_installed || ! "$VENV/bin/python" -c 'import app' 2>/dev/null; then
    install_uv
    say "Memasang paket Python"
    cd "$PROJECT"
    rm -f "$STAMPS"/python-*
    UV_LINK_MODE=copy uv sync --locked --quiet --python "$python" "${groups[@]}"
    stamp "python-$purpose" "$key"
fi
