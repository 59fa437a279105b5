"""The web process starts light."""

import subprocess
import sys

HEAVY = (
    *("geopandas", "pandas", "pyogrio", "folium", "esda", "libpysal", "matplotlib", "pytest"),
    *("scipy", "pyproj"),  # of ours too, but only once something is drawn or measured
)


def test_the_web_process_imports_nothing_heavy():
    program = "import sys, app.main; print(' '.join(sys.modules))"

    loaded = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    ).stdout.split()

    assert [name for name in HEAVY if name in loaded] == []


def test_importing_a_module_opens_no_file_connection_or_thread():
    program = (
        "import threading, app.main, app.cli.main;"
        "assert threading.active_count() == 1, threading.enumerate()"
    )

    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
