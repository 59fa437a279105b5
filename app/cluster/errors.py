"""Why the embedded database cannot be used; every message names the way out."""


class ClusterError(Exception):
    """The embedded cluster cannot be started, reached or stopped."""


class ClusterRefused(ClusterError):
    """Trying again will not help: someone has to change something first."""


class BinariesMissing(ClusterRefused):
    """PostgreSQL or PostGIS is not installed."""


class OtherMajorVersion(ClusterRefused):
    """The stored cluster was made by another major version of PostgreSQL."""


class ClusterNotReady(ClusterError):
    """PostgreSQL did not accept connections in time."""


class ClusterInUse(ClusterError):
    """Another process of ours still works with the cluster."""


class BackupRefused(Exception):
    """A backup cannot be made, or a backup file cannot be restored."""
