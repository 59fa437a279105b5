#!/usr/bin/env bash
# System packages: PostgreSQL with PostGIS and Python's venv; with "test" also what drives a browser.
source "$(dirname "$0")/common.sh"

has_postgis() {
    local control
    for control in /usr/share/postgresql/*/extension/postgis.control; do
        local major="${control#/usr/share/postgresql/}"
        [ -x "/usr/lib/postgresql/${major%%/*}/bin/postgres" ] && return 0
    done
    control="$(pg_config --sharedir 2>/dev/null)/extension/postgis.control"
    [ -e "$control" ]
}

# Debian starts a cluster of its own on port 5432 unless told not to beforehand.
keep_debian_from_starting_a_cluster() {
    may_be_root || return 0 # nothing will be installed
    [ -e /etc/postgresql-common/createcluster.conf ] && return 0 # PostgreSQL is here already
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    printf 'create_main_cluster = false\n' |
        as_root tee /etc/postgresql-common/createcluster.d/peta-usulan.conf >/dev/null
}

postgis_packages() {
    local major
    for major in 15 16 17 18; do
        if apt-cache show "postgresql-$major-postgis-3" >/dev/null 2>&1; then
            echo "postgresql-$major postgresql-$major-postgis-3"
            return
        fi
    done
    echo "postgresql-15 postgresql-15-postgis-3"
}

missing=()
python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3 python3-venv)
if [ -z "${PETA_DATABASE_URL:-}" ] && ! has_postgis; then
    keep_debian_from_starting_a_cluster
    read -ra packages <<<"$(postgis_packages)"
    missing+=("${packages[@]}")
fi
if [ "${1:-run}" = test ]; then
    command -v chromium >/dev/null || missing+=(chromium)
    command -v git >/dev/null || missing+=(git) # the house tests ask it for the list of files
    command -v cc >/dev/null || missing+=(gcc libc6-dev) # for the disk that pretends to be full
    # what drives the browser is a Node that needs this library
    compgen -G '/usr/lib/*/libatomic.so.1' >/dev/null || missing+=(libatomic1)
fi
[ -e /etc/ssl/certs/ca-certificates.crt ] || missing+=(ca-certificates)
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
