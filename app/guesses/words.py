"""Words in column headers, Indonesian first, and the field each of them usually means."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

# Best first; several words stand for a phrase, all of which must be in the header.
HEADER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "title": "judul|judul usulan|nama usulan|usulan kegiatan|usulan|nama kegiatan|kegiatan"
        "|uraian kegiatan|uraian usulan|nama pekerjaan|pekerjaan|jenis pekerjaan|jenis kegiatan"
        "|program kegiatan|giat teks|title|case title",
        "problem": "permasalahan|masalah|uraian masalah|uraian permasalahan|latar belakang|problem"
        "|alasan usulan|alasan|kondisi saat ini|kondisi|deskripsi|description|gagasan|uraian",
        "category": "kategori|kategori usulan|sub kategori|subkategori|jenis usulan|kamus usulan"
        "|bidang|jenis|kelompok usulan|category|type|tipe",
        "place": "lokasi|lokasi kegiatan|lokasi usulan|alamat lokasi|lokus|lokus usulan|tempat"
        "|letak|location|rt rw|wilayah",
        "address": "alamat|alamat lengkap|alamat teks|nama jalan|jalan|address|street name",
        "landmark": "patokan|ancer ancer|dekat dengan|landmark",
        "rt": "rt|no rt|nomor rt",
        "rw": "rw|no rw|nomor rw",
        "kelurahan": "kelurahan|kel|desa|desa kelurahan|kelurahan desa|nama kel|nama kelurahan"
        "|nama desa|kel name",
        "kecamatan": "kecamatan|kec|nama kec|nama kecamatan|kec name",
        "volume": "volume|vol|kuantitas|koefisien|ukuran|dimensi|banyaknya|panjang|luas|usulvolume",
        "unit": "satuan|sat|unit",
        "estimated_cost": "perkiraan biaya|estimasi biaya|biaya|anggaran|nilai|jumlah rp|pagu"
        "|nilai rp|rencana anggaran|usulan anggaran|rab|dana|kebutuhan dana|total rp|harga|cost",
        "beneficiaries": "penerima manfaat|jumlah penerima|jumlah penerima manfaat|manfaat|jiwa"
        "|jumlah jiwa|beneficiaries",
        "funding_source": "sumber dana|sumber anggaran|sumber pendanaan|funding",
        "year": "tahun anggaran|tahun|thn|ta|tahun usulan|tahun pelaksanaan|year",
        "created_at": "tanggal usulan|tgl usulan|tanggal|tgl|tanggal masuk|tgl input|open dt"
        "|tanggal input|waktu|timestamp|date|created at",
        "updated_at": "tanggal diubah|tgl update|diperbarui|updated at|closed dt",
        "source_id": "id usulan|nomor usulan|no usulan|kode usulan|id|no registrasi"
        "|nomor registrasi|no reg|case enquiry id|kode",
        "status": "status|status usulan|case status",
        "severity": "tingkat keparahan|keparahan|severity",
        "longitude": "longitude|bujur|lng|long|lon|koordinat x|x|langpeta",
        "latitude": "latitude|lintang|lat|koordinat y|y|latpeta",
        "proposer_name": "pengusul|nama pengusul|diusulkan oleh|pemohon|nama pemohon|proposer",
        "proposer_phone": "no hp|nomor hp|hp|telepon|no telepon|telp|no wa|whatsapp|phone",
        "proposer_email": "email|surel|e mail",
        "consent": "persetujuan|bersedia|consent|setuju",
    }
)
_NOISE = frozenset(("nama", "rp", "dalam", "no", "nomor", "kode"))


def header_words(header: str) -> tuple[str, ...]:
    """The words of a header in lower case, without signs."""
    text = unicodedata.normalize("NFKD", header).casefold()
    return tuple(re.findall(r"[a-z]+|[0-9]+", text))


def header_score(header: str, field: str) -> float:
    """How much a header speaks for a field: 1 when it is one of its words, 0 when nothing does.

    Of a joined header such as `LOKASI / RT` the lowest part counts for more than the whole.
    """
    last = header.rpartition(" / ")[2]
    return max(_score(last, field), 0.9 * _score(header, field))


def _score(header: str, field: str) -> float:
    words = header_words(re.sub(r"\([^)]{0,40}\)", " ", header)) or header_words(header)
    if not words:
        return 0.0
    best = 0.0
    for rank, phrase in enumerate(HEADER_WORDS[field].split("|")):
        wanted = tuple(phrase.split())
        if words == wanted:
            return 1.0 - 0.01 * min(rank, 10)
        if len(phrase) > 2 and set(wanted) <= set(words):
            rest = [word for word in words if word not in wanted and word not in _NOISE]
            best = max(best, (0.85 if not rest else 0.7) - 0.02 * min(rank, 10) - 0.05 * len(rest))
        elif len(wanted) == len(words) == 1 and len(phrase) > 4 and words[0][:5] == phrase[:5]:
            best = max(best, 0.5)
    return max(best, 0.0)
