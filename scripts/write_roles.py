# ruff: noqa: INP001 - a script, not a module
"""Write docs/roles.md, the table of routes and roles that the tests hold the application to."""

import sys

from app.settings import PROJECT_DIR

sys.path.insert(0, str(PROJECT_DIR))

from tests.app.moderation.rights import tables_of_roles

HEAD = """# Siapa boleh apa

Halaman ini dibuat oleh `scripts/write_roles.py` dari tabel yang ditulis tangan di
`tests/app/moderation/rights.py`. `tests/app/moderation/test_matrix.py` membaca alamat dari aplikasi
sendiri, mencobanya dengan setiap peran, dan gagal bila ada alamat yang belum masuk tabel.

Tiap sel berisi tiga tanda: wilayahnya sendiri, wilayah lain di kota itu, kota lain.
● boleh, ○ ditolak (403), · tidak ada baginya (404). Daftar yang boleh dibaca di luar wilayah
sendiri isinya kosong; tindakan atas banyak usulan ditanyakan satu per satu seperti di alamatnya.

English: each cell shows one's own area, another area of the city and another city. ● allowed,
○ refused (403), · not there for that role (404). A list that may be read beyond one's own area is
empty there; an act on many usulan is asked for each as by its own address.

"""

(PROJECT_DIR / "docs" / "roles.md").write_text(HEAD + tables_of_roles(), "utf-8")
