"""What is said of boundary files, in Indonesian."""

import re
from collections.abc import Mapping

from spatial.boundaries.flaws import FileFlaw, FileRefused, Refusal, Remark

LEVEL_NAMES: Mapping[str, str] = {
    "kota": "kota",
    "kecamatan": "kecamatan",
    "kelurahan": "kelurahan",
    "rw": "RW",
    "rt": "RT",
}

REFUSALS: Mapping[Refusal, str] = {
    Refusal.NOT_A_FEATURE: "bukan Feature GeoJSON",
    Refusal.BAD_ID: "id harus teks atau angka",
    Refusal.BAD_BBOX: "bbox harus 4 atau 6 angka",
    Refusal.BAD_PROPERTIES: "properties tidak ada atau bukan objek",
    Refusal.UNKNOWN_TYPE: "jenis geometri tidak dikenal",
    Refusal.NO_GEOMETRY: "tanpa geometri",
    Refusal.NOT_COORDINATES: "koordinat tidak sesuai dengan jenis geometrinya",
    Refusal.TOO_MANY_POSITIONS: "lebih dari 300.000 titik; sederhanakan dahulu",
    Refusal.TOO_FEW_POSITIONS: "terlalu sedikit titik yang berbeda",
    Refusal.RING_NOT_CLOSED: "garis tepi tidak tertutup",
    Refusal.OUTSIDE_THE_WORLD: "koordinat di luar bumi",
    Refusal.METRES_WITHOUT_CRS: (
        "koordinat tampaknya meter tanpa sistem koordinat; sebutkan dengan --crs, contoh"
        " --crs EPSG:32749, atau simpan ulang sebagai WGS 84 (EPSG:4326)"
    ),
    Refusal.CROSSES_ANTIMERIDIAN: "melintasi bujur 180",
    Refusal.NOT_A_SURFACE: "bukan bidang (Polygon atau MultiPolygon)",
    Refusal.NO_AREA: "bidang tanpa luas",
    Refusal.SWAPPED_AXES: "bujur dan lintang tertukar; tulis bujur dahulu, lalu lintang",
    Refusal.OUTSIDE_INDONESIA: (
        "terletak di luar Indonesia (bujur 94 sampai 142, lintang -12 sampai 7);"
        " periksa koordinat dan sistem koordinatnya"
    ),
    Refusal.WRONG_HEMISPHERE: (
        "terletak di utara khatulistiwa, padahal provinsi kodenya seluruhnya di selatan;"
        " mungkin tanda minus lintangnya hilang"
    ),
    Refusal.NO_CODE: (
        "tanpa kode; bila hanya ada nama: --parent-fields, dan untuk kode sementara"
        " --dissolve-parents"
    ),
    Refusal.CODE_WAS_A_NUMBER: (
        "kode tersimpan sebagai angka, yang menghilangkan nol di belakang; simpan sebagai teks"
    ),
    Refusal.CODE_OF_ANOTHER_LEVEL: "kode milik tingkat wilayah lain; periksa --level",
    Refusal.CODE_OF_ANOTHER_CITY: "kode milik kota lain; periksa --city",
    Refusal.CODE_OF_ANOTHER_SCHEME: (
        "bukan kode Kemendagri (contoh: 33.72.05.1015); kode BPS atau nama tidak dapat dipakai"
    ),
    Refusal.BAD_TEXT: (
        "nama memuat karakter yang tidak boleh dipakai atau tidak terbaca (periksa --encoding),"
        " atau terlalu panjang"
    ),
    Refusal.DAMAGED: "bentuk rusak dalam berkas",
    Refusal.DELETED_ROW: "baris ditandai terhapus dalam tabel",
    Refusal.CRS_DISAGREES: (
        "sistem koordinat baris ini berbeda dengan lapisannya; simpan ulang lapisan itu seluruhnya"
        " dalam satu sistem koordinat"
    ),
    Refusal.NO_NAME: "tanpa nama",
    Refusal.NO_NUMBER: "nomor RW atau RT tidak terbaca (contoh yang terbaca: RW 01, RT 003/RW 012)",
    Refusal.NO_PARENT_NAME: "kolom --parent-fields kosong",
    Refusal.UNKNOWN_PARENT: (
        "wilayah induknya tidak dikenal dalam edisi ini; muat induknya dahulu, atau buat dengan"
        " --dissolve-parents"
    ),
}

REMARKS: Mapping[Remark, str] = {
    Remark.THIRD_DIMENSION: "ketinggian dibuang",
    Remark.RING_DIRECTION: "arah putaran garis tepi terbalik (tidak perlu tindakan)",
    Remark.REPEATED_POSITIONS: "titik yang sama berurutan",
    Remark.CONVERTED_CRS: "diubah dari sistem koordinat lain ke WGS 84",
    Remark.COLLECTION: "bidang diambil dari kumpulan geometri",
    Remark.BARE_GEOMETRY: "geometri tanpa Feature",
}

FILE_FLAWS: Mapping[FileFlaw, str] = {
    FileFlaw.NOT_A_FILE: "bukan berkas yang dapat dibaca",
    FileFlaw.EMPTY: "berkas kosong",
    FileFlaw.TOO_LARGE: "berkas terlalu besar",
    FileFlaw.UNKNOWN_FORMAT: (
        "bukan GeoJSON, Shapefile (.shp atau .zip), GeoPackage atau KML; dari Shapefile berikan"
        " berkas .shp"
    ),
    FileFlaw.NOT_UTF8: "berkas bukan UTF-8",
    FileFlaw.NOT_JSON: "bukan JSON yang sah (atau terpotong)",
    FileFlaw.TOO_DEEP: "susunan berkas terlalu dalam",
    FileFlaw.REPEATED_NAME: "satu isian tertulis dua kali dalam objek yang sama",
    FileFlaw.NOT_GEOJSON: "bukan GeoJSON",
    FileFlaw.UNKNOWN_CRS: (
        "sistem koordinat tidak dikenal; sebutkan kode EPSG-nya,"
        " contoh urn:ogc:def:crs:EPSG::32749, atau simpan ulang sebagai WGS 84 (EPSG:4326)"
    ),
    FileFlaw.TOO_MANY_FEATURES: "terlalu banyak wilayah dalam satu berkas",
    FileFlaw.TOO_MUCH_MEMORY: (
        "dihentikan: berkas meminta memori terlalu banyak; mungkin berkasnya terlalu besar (bagi"
        " dahulu), atau garis tepinya kusut"
    ),
    FileFlaw.TOO_MUCH_TIME: (
        "dihentikan: berkas meminta waktu terlalu lama; mungkin komputer sedang sibuk (coba lagi),"
        " berkasnya terlalu besar (bagi dahulu), atau garis tepinya kusut"
    ),
    FileFlaw.READER_FAILED: "berkas tidak dapat dibaca",
    FileFlaw.ARCHIVE_DAMAGED: "arsip zip rusak atau terpotong",
    FileFlaw.ARCHIVE_UNSAFE: "arsip zip ditolak demi keamanan",
    FileFlaw.NO_LAYER: "tidak ada lapisan batas di dalam berkas",
    FileFlaw.LAYER_NEEDED: "ada beberapa lapisan; pilih satu dengan --layer dari",
    FileFlaw.NO_SUCH_LAYER: "lapisan yang diminta dengan --layer tidak ada; yang ada",
    FileFlaw.PART_MISSING: "bagian Shapefile tidak ada; sertakan di sebelah berkas .shp",
    FileFlaw.DAMAGED: "berkas rusak atau terpotong",
    FileFlaw.COUNTS_DISAGREE: "jumlah bentuk (.shp) dan baris tabel (.dbf) tidak sama",
    FileFlaw.CRS_MISSING: (
        "berkas tidak menyebut sistem koordinatnya; sebutkan dengan --crs, contoh"
        " --crs EPSG:4326 untuk derajat atau --crs EPSG:32749 untuk UTM zona 49 selatan"
    ),
    FileFlaw.NO_SUCH_CRS: "sistem koordinat pada --crs tidak dikenal; contoh: --crs EPSG:32749",
    FileFlaw.NO_SUCH_ENCODING: "pengodean teks tidak dikenal; contoh: --encoding cp1252",
    FileFlaw.XML_DECLARATIONS: (
        "KML memuat DOCTYPE atau ENTITY, yang dipakai untuk merusak pembaca; ditolak"
    ),
    FileFlaw.NOT_XML: "bukan XML yang sah (atau terpotong)",
    FileFlaw.OPEN_ELSEWHERE: (
        "GeoPackage masih terbuka di program lain (ada berkas -wal); tutup program itu dahulu"
    ),
}


REPAIRS: Mapping[str, str] = {
    "self_intersection": "garis tepi memotong dirinya sendiri",
    "ring_self_intersection": "garis tepi menyentuh dirinya sendiri",
    "hole_lies_outside_shell": "lubang di luar garis tepi",
    "holes_are_nested": "lubang di dalam lubang",
    "nested_shells": "bidang di dalam bidang",
    "duplicate_rings": "garis tepi ganda",
    "interior_is_disconnected": "bagian dalam terputus",
    "too_few_points_in_geometry_component": "bagian dengan terlalu sedikit titik",
}
_OTHER_REPAIR = "bentuk tidak sah"

# What spatial says of the place of a flaw, for logs, to what a person reads.
_DETAILS = (
    (re.compile(r"line (\d+), column (\d+)"), r"baris \1, kolom \2"),
    (re.compile(r"line (\d+)"), r"baris \1"),
    (re.compile(r"byte (\d+)"), r"bita ke-\1"),
    (re.compile(r"more than (.+)"), r"lebih dari \1"),
    (re.compile(r"not an object"), "bukan objek"),
    (re.compile(r"no type"), "tanpa type"),
    (re.compile(r"features is not a list"), "features bukan daftar"),
    (re.compile(r"type is none that GeoJSON has"), "type bukan milik GeoJSON"),
    (re.compile(r"nested"), "arsip di dalam arsip"),
    (re.compile(r"count"), "terlalu banyak berkas"),
    (re.compile(r"duplicate"), "nama berkas kembar"),
    (re.compile(r"size"), "isi terlalu besar"),
    (re.compile(r"ratio"), "pemampatan tidak wajar"),
    (re.compile(r"name"), "nama berkas keluar dari arsip"),
    (re.compile(r"link"), "tautan"),
    (re.compile(r"encrypted"), "bersandi"),
    (re.compile(r"looks like degrees"), "angkanya tampak derajat"),
    (re.compile(r"looks like metres"), "angkanya tampak meter"),
    (re.compile(r"shp: record (\d+)"), r"rekaman ke-\1 dalam .shp"),
    (re.compile(r"shp: .+"), "kepala berkas .shp"),
    (re.compile(r"dbf: rows"), "jumlah baris .dbf"),
    (re.compile(r"dbf: .+"), "kepala berkas .dbf"),
    (re.compile(r"SQLite: truncated"), "terpotong"),
    (re.compile(r"SQLite.*"), "susunan SQLite"),
)


def repair_words(what: str) -> str:
    """What was wrong with an area that was mended."""
    return REPAIRS.get(what, _OTHER_REPAIR)


def _detail_words(detail: str) -> str:
    found = (fit.expand(words) for pattern, words in _DETAILS if (fit := pattern.fullmatch(detail)))
    return next(found, detail)


def file_refusal(refused: FileRefused) -> str:
    """One sentence on a file of which nothing was read."""
    sentence = FILE_FLAWS[refused.flaw]
    return f"{sentence} ({_detail_words(refused.detail)})" if refused.detail else sentence
