#!/usr/bin/env bash
# What the image runs: wait for the database, migrate, load the demo city unless this is
# a production installation, serve.
set -euo pipefail

cd "$(dirname "$0")/.."
peta=.venv/bin/peta
until "$peta" db status >/dev/null 2>&1; do
    echo "Waiting for the database" >&2
    sleep 1
done
"$peta" db migrate
if [ "${PETA_ENV:-demo}" = demo ]; then
    "$peta" demo load --size city
fi
exec "$peta" serve --host 0.0.0.0 --port 8000 --workers "${WORKERS:-1}"
