"""What the OpenAPI document says to a stranger: operations in Indonesian, some with a command."""

from collections.abc import Mapping
from dataclasses import dataclass

HERE = "http://127.0.0.1:8000"

INTRODUCTION = f"""\
Peta Usulan memetakan usulan warga dan jalannya sampai APBD. Semua bacaan tentang usulan dan
wilayah terbuka, tanpa kunci dan tanpa akun.

* Alamat contoh memakai `{HERE}` dan Kota Contoh (`city=99.71`); ganti dengan milik Anda.
  Tanpa `city` dipakai kota bawaan pemasangan ini.
* Koordinat selalu bujur dahulu, lalu lintang (WGS 84). Waktu menurut ISO 8601.
* Penolakan berbentuk `application/problem+json` (RFC 9457); `code` tetap, `detail` untuk orang.
* Selama basis data tidak terjangkau, jumlah dan ubin dijawab dari ingatan peladen; header
  `Peta-As-Of` menyebut per saat mana. Menulis dan daftar menunggu (503 `LAYANAN_SIBUK`).
* Bila penyimpanannya penuh, membaca tetap jalan dan menulis menunggu (503 `BASIS_DATA_PENUH`).
* Lokasi kebutuhan privat disamarkan; kontak pengusul tidak pernah keluar dari sini.

English: all that is told of usulan and areas is open, without any key; coordinates are longitude
first. While the database is away, totals and tiles are answered from memory, and header
`Peta-As-Of` says as of when. While its disk is full, all can be read and nothing is written.
"""


@dataclass(frozen=True, slots=True)
class OperationWords:
    """How an operation is called, what it answers, and a command to copy (without the server)."""

    summary: str
    description: str
    example: str | None = None
    options: str = ""

    def described(self) -> str:
        """The description with the command below it."""
        if self.example is None:
            return self.description
        command = f"curl -s {self.options}'{HERE}{self.example}'"
        return f"{self.description}\n\nContoh:\n\n```sh\n{command}\n```"


_POST_OPTIONS = """\
-H 'Content-Type: application/json' \\
  -H 'Idempotency-Key: contoh-0001' \\
  -d '{"title": "Got mampet depan musala", "category": "SP03",
       "problem": "Got mampet sejak April, air masuk rumah tiap hujan.",
       "area": "99.71.01.1001"}' \\
  """

OPERATIONS: Mapping[tuple[str, str], OperationWords] = {
    ("get", "/api/v1/config"): OperationWords(
        "Pengaturan", "Kota bawaan, bahasa dan peta dasar pemasangan ini."
    ),
    ("post", "/api/v1/session"): OperationWords(
        "Masuk",
        "Petugas masuk dengan surel dan kata sandi; kuki pada jawaban mewakilinya. Akun dibuat"
        " dengan `peta account add`.",
    ),
    ("get", "/api/v1/session"): OperationWords(
        "Siapa yang masuk", "Nama petugas dan peran yang berlaku baginya hari ini."
    ),
    ("delete", "/api/v1/session"): OperationWords(
        "Keluar", "Mengakhiri kuki; tanpa kuki tidak terjadi apa-apa."
    ),
    ("get", "/api/v1/sessions"): OperationWords(
        "Peramban yang masuk", "Semua peramban tempat petugas ini sedang masuk."
    ),
    ("delete", "/api/v1/sessions"): OperationWords(
        "Keluarkan semua peramban lain",
        "Mengakhiri setiap masuk dengan akun sendiri kecuali yang dipakai ini.",
    ),
    ("delete", "/api/v1/sessions/{sign_in_id}"): OperationWords(
        "Keluarkan satu peramban", "Mengakhiri satu kuki milik sendiri, misalnya di ponsel hilang."
    ),
    ("post", "/api/v1/password"): OperationWords(
        "Setel kata sandi",
        "Dengan token dari tautan undangan, sekali pakai; semua yang sedang masuk dikeluarkan.",
    ),
    ("get", "/api/v1/staff/usulan"): OperationWords(
        "Pekerjaan petugas",
        "Usulan yang terjangkau peran petugas, yang terlambat dulu, dengan banyaknya isi tiap"
        " antrean (`queues`). `queue` memilih antrean, `scope=all` juga yang belum terbit, digabung"
        " dan dibatalkan.",
    ),
    ("get", "/api/v1/staff/usulan/{number}"): OperationWords(
        "Satu usulan bagi petugas",
        "Usulan lengkap dengan lokasi tepat, riwayat, usulan serupa di sekitarnya dan apa yang"
        " boleh dilakukan petugas (`may`). Kontak pengusul hanya bagi peran yang berhak.",
    ),
    ("post", "/api/v1/staff/usulan/{number}/status"): OperationWords(
        "Ubah status",
        "Satu langkah menurut tabel status. `seen` adalah hash langkah terakhir yang dilihat"
        " petugas; bila sudah ada yang lebih baru, jawabannya 409 dengan keadaan sekarang.",
    ),
    ("post", "/api/v1/staff/usulan/{number}/publication"): OperationWords(
        "Terbitkan atau tahan", "Menampilkan usulan kepada umum, atau menahannya dengan alasan."
    ),
    ("post", "/api/v1/staff/usulan/{number}/redaction"): OperationWords(
        "Tutup kata",
        "Menutup kata dalam satu isian; aslinya disimpan terpisah bagi yang berhak.",
    ),
    ("post", "/api/v1/staff/usulan/{number}/place"): OperationWords(
        "Pindahkan lokasi",
        "Menempatkan usulan di bentuk (`geometry`) atau wilayah (`area`) lain menurut aturan"
        " penempatan yang sama dengan kiriman warga.",
    ),
    ("post", "/api/v1/staff/usulan/{number}/category"): OperationWords(
        "Ubah kategori", "Memindahkan usulan ke kategori lain; ketelitian lokasinya mengikuti."
    ),
    ("post", "/api/v1/staff/usulan/{number}/forward"): OperationWords(
        "Teruskan", "Meneruskan usulan ke urusan atau program (`programme`) atau OPD (`agency`)."
    ),
    ("post", "/api/v1/staff/usulan/{number}/doubts"): OperationWords(
        "Selesaikan keraguan", "Menyatakan keraguan tentang lokasi sudah jelas."
    ),
    ("post", "/api/v1/staff/usulan/{number}/undo"): OperationWords(
        "Urungkan langkah terakhir",
        "Dalam 24 jam, oleh yang berhak atas langkah itu, bila tabel mengizinkan; tercatat sebagai"
        " langkah tersendiri.",
    ),
    ("post", "/api/v1/staff/usulan/bulk"): OperationWords(
        "Banyak usulan sekaligus",
        "Satu tindakan atas paling banyak 500 usulan, satu per satu; dengan `dry_run` hanya"
        " dihitung berapa yang akan berhasil dan mengapa yang lain ditolak.",
    ),
    ("post", "/api/v1/staff/loads"): OperationWords(
        "Kirim daftar",
        "Isi permintaan adalah berkasnya sendiri: CSV, XLSX, GeoJSON atau GeoPackage; `name` adalah"
        " namanya. Daftar dibaca dan kolomnya ditebak; belum ada yang disimpan.",
    ),
    ("get", "/api/v1/staff/loads"): OperationWords(
        "Muatan", "Muatan terbaru di wilayah petugas, masing-masing dengan keadaannya."
    ),
    ("get", "/api/v1/staff/loads/{load_id}"): OperationWords(
        "Satu muatan",
        "Keadaan, kemajuan, pemetaan yang ditebak beserta contoh, laporan dengan jumlah tiap"
        " wilayah, dan apa yang boleh dilakukan sekarang (`may`).",
    ),
    ("put", "/api/v1/staff/loads/{load_id}/mapping"): OperationWords(
        "Tetapkan pemetaan",
        "Kolom mana memuat isian mana, arti isinya, dan nilai bagi semua baris; sesudah itu"
        " daftarnya harus diperiksa lagi.",
    ),
    ("post", "/api/v1/staff/loads/{load_id}/check"): OperationWords(
        "Periksa daftar", "Memuat seluruh daftar tanpa menyimpan; laporannya menyusul."
    ),
    ("post", "/api/v1/staff/loads/{load_id}/commit"): OperationWords(
        "Simpan daftar", "Menyimpan daftar yang sudah diperiksa, semuanya sekaligus."
    ),
    ("post", "/api/v1/staff/loads/{load_id}/cancel"): OperationWords(
        "Batalkan muatan",
        "Mengakhiri muatan yang belum disimpan dan menghapus berkasnya; yang sedang berjalan"
        " dihentikan.",
    ),
    ("delete", "/api/v1/staff/loads/{load_id}"): OperationWords(
        "Tarik muatan",
        "Membatalkan setiap usulan yang dibuat muatan ini dan belum disentuh siapa pun; yang sudah"
        " disentuh tetap ada dan disebut nomornya.",
    ),
    ("get", "/api/v1/staff/loads/{load_id}/refused"): OperationWords(
        "Alasan penolakan",
        "Nomor, alasan dan kalimat baris yang ditolak, sehalaman demi sehalaman, sesudah sejumlah"
        " `after`. Hanya bagi pengirimnya dan yang boleh membaca kontak.",
    ),
    ("get", "/api/v1/staff/loads/{load_id}/rejects"): OperationWords(
        "Baris yang ditolak",
        "Baris yang ditolak beserta alasannya, sebagai CSV atau XLSX, untuk diperbaiki dan dikirim"
        " lagi. Hanya bagi pengirimnya dan yang boleh membaca kontak.",
    ),
    ("post", "/api/v1/password/change"): OperationWords(
        "Ganti kata sandi sendiri",
        "Meminta kata sandi sekarang; sesudahnya semua peramban lain keluar, dan semua kunci dan"
        " tautan berakhir.",
    ),
    ("get", "/api/v1/staff/roles"): OperationWords(
        "Semua peran", "Tiap peran, dan untuk tingkat wilayah mana ia diberikan."
    ),
    ("get", "/api/v1/staff/fields"): OperationWords(
        "Semua urusan", "Kode dan nama urusan pemerintahan, yang dapat membatasi sebuah peran."
    ),
    ("post", "/api/v1/staff/accounts/roles/{grant_id}/end"): OperationWords(
        "Akhiri peran",
        "Peran itu langsung tidak berlaku, dengan alasan; catatan bahwa ia pernah diberikan tetap"
        " ada.",
    ),
    ("post", "/api/v1/password/forgotten"): OperationWords(
        "Lupa kata sandi",
        "Meminta tautan untuk menyetel kata sandi baru. Jawabannya sama, ada atau tidak akunnya;"
        " tautan berlaku dua jam, sekali pakai. Tanpa server surel permintaan tampil bagi admin.",
    ),
    ("get", "/api/v1/staff/keys"): OperationWords(
        "Kunci API", "Kunci milik sendiri yang masih berlaku; kuncinya sendiri tidak ditampilkan."
    ),
    ("post", "/api/v1/staff/keys"): OperationWords(
        "Buat kunci API",
        "Kunci untuk program, dikirim sebagai `Authorization: Bearer`. Lingkup: `baca`, `muat`,"
        " `tindak`; tidak pernah lebih dari hak pemiliknya. Hanya jawaban ini memuat kuncinya.",
    ),
    ("delete", "/api/v1/staff/keys/{key_id}"): OperationWords(
        "Akhiri kunci API", "Kunci itu langsung tidak berlaku."
    ),
    ("get", "/api/v1/staff/accounts"): OperationWords(
        "Akun petugas", "Petugas yang berperan dalam sebuah kota; hanya untuk admin."
    ),
    ("post", "/api/v1/staff/accounts"): OperationWords(
        "Undang petugas",
        "Memberi seseorang peran; yang belum punya akun diundang lewat surel, atau tautannya"
        " (`link`) ditampilkan sekali ini kepada admin bila tidak ada server surel.",
    ),
    ("post", "/api/v1/staff/accounts/reset"): OperationWords(
        "Setel ulang akun",
        "Undangan baru; kata sandi lama dan semua yang masuk berakhir. Hanya bila semua peran akun"
        " itu berada dalam wewenang admin.",
    ),
    ("post", "/api/v1/staff/accounts/disable"): OperationWords(
        "Tutup akun",
        "Menutup akun; yang sedang masuk langsung keluar. Wewenangnya seperti di atas.",
    ),
    ("get", "/api/v1/staff/notices"): OperationWords(
        "Pemberitahuan surel",
        "Berapa pemberitahuan sebuah kota menunggu, terkirim dan gagal, beserta sebab kegagalannya;"
        " hanya untuk admin.",
    ),
    ("get", "/api/v1/staff/filters"): OperationWords(
        "Saringan tersimpan", "Daftar pekerjaan yang disimpan petugas ini."
    ),
    ("post", "/api/v1/staff/filters"): OperationWords(
        "Simpan saringan", "Menyimpan saringan dengan nama; nama yang sama diganti isinya."
    ),
    ("delete", "/api/v1/staff/filters"): OperationWords(
        "Hapus saringan", "Menghapus saringan menurut namanya."
    ),
    ("get", "/api/v1/staff/reasons"): OperationWords(
        "Kode alasan", "Kode alasan penolakan, pengembalian dan lainnya."
    ),
    ("get", "/api/v1/cities"): OperationWords(
        "Daftar kota", "Kota yang dilayani, dengan batas, edisi wilayah dan tahun usulannya."
    ),
    ("get", "/api/v1/areas"): OperationWords(
        "Daftar wilayah", "Wilayah satu tingkat, dengan atau tanpa batasnya, sebagai GeoJSON."
    ),
    ("get", "/api/v1/areas/at"): OperationWords(
        "Wilayah di suatu titik",
        "Kota sampai RT tempat sebuah titik berada, jarak ke batasnya, dan apa yang diragukan."
        " Titik di luar kota dijawab 409 dengan wilayah terdekat.",
        "/api/v1/areas/at?city=99.71&longitude=110.8035&latitude=-7.5615",
    ),
    ("get", "/api/v1/places"): OperationWords(
        "Cari tempat menurut nama",
        "Wilayah, jalan, sungai, rel dan tempat yang namanya memuat semua kata, yang terbaik dulu.",
        "/api/v1/places?city=99.71&q=1001",
    ),
    ("get", "/api/v1/areas/{code}"): OperationWords(
        "Satu wilayah", "Satu wilayah dengan jumlah usulan di dalamnya menurut saringan."
    ),
    ("get", "/api/v1/stats"): OperationWords(
        "Jumlah per wilayah",
        "Banyak usulan, biaya dan angka per 1.000 penduduk tiap wilayah satu tingkat; dengan `by`"
        " juga menurut bidang, kategori, status, tahun dan lainnya; `format=csv` untuk lembar"
        " kerja, dan dengan `headings=id` juga kepala kolomnya kata Indonesia. Dengan `classes`,"
        " `method` atau `measure` juga kelas warna peta, dengan batas yang sama untuk semua tahun.",
        "/api/v1/stats?city=99.71&level=kelurahan&year=2026",
    ),
    ("get", "/api/v1/stats/ranking"): OperationWords(
        "Peringkat wilayah",
        "Wilayah satu tingkat menurut `measure`: `per_1000` (dengan rentang 95 %), `count`, `cost`,"
        " `beneficiaries` atau `supporters`; nilai sama berbagi peringkat, `shift` bedanya dengan"
        " peringkat menurut jumlah. Wilayah dengan KK kurang dari 30 di akhir, tanpa peringkat.",
        "/api/v1/stats/ranking?city=99.71&level=rw&measure=per_1000&year=2026&limit=20",
    ),
    ("get", "/api/v1/stats/trend"): OperationWords(
        "Perkembangan",
        "Jumlah tiap tahun perencanaan, atau tiap bulan usulan dibuat (`by=month`), menurut"
        " saringan; tahun atau bulan tanpa usulan di antaranya bernilai nol.",
        "/api/v1/stats/trend?city=99.71&area=99.71.01&category=SP01",
    ),
    ("get", "/api/v1/stats/compare"): OperationWords(
        "Perbandingan",
        "Dua wilayah (`areas`) atau dua tahun (`years`) berdampingan menurut kategori, bidang,"
        " status atau sumber dana, dengan selisih (kanan kurang kiri) dan perbandingannya.",
        "/api/v1/stats/compare?city=99.71&years=2025,2026&by=group",
    ),
    ("get", "/api/v1/usulan"): OperationWords(
        "Daftar usulan",
        "Usulan menurut saringan, sebagai GeoJSON, berhalaman: `next` adalah alamat halaman"
        " berikutnya, null di akhir.",
        "/api/v1/usulan?city=99.71&category=SP01&year=2026&limit=10",
    ),
    ("post", "/api/v1/usulan"): OperationWords(
        "Kirim usulan",
        "Menyimpan satu usulan warga di sebuah titik (`geometry`) atau wilayah (`area`), dan"
        " menjawab nomor serta kode pelacakannya. Kiriman ulang dengan `Idempotency-Key` dan isi"
        " yang sama tidak membuat usulan kedua.",
        "/api/v1/usulan?city=99.71",
        _POST_OPTIONS,
    ),
    ("get", "/api/v1/tracking/{tracking_code}"): OperationWords(
        "Lacak usulan", "Sampai di mana usulan dengan kode pelacakan ini."
    ),
    ("post", "/api/v1/tracking/{tracking_code}/reply"): OperationWords(
        "Jawab pertanyaan",
        "Menjawab pertanyaan petugas (`question`) selama belum lewat waktunya; usulan kembali"
        " kepada yang bertanya. Jawaban tidak pernah ditampilkan kepada umum.",
    ),
    ("post", "/api/v1/tracking/{tracking_code}/withdraw"): OperationWords(
        "Batalkan usulan", "Pengusul menarik usulannya, selama tabel status mengizinkan."
    ),
    ("get", "/api/v1/tracking/{tracking_code}/data"): OperationWords(
        "Data saya",
        "Semua yang disimpan tentang usulan ini dan pengirimnya, untuk pemegang kode pelacakan.",
    ),
    ("delete", "/api/v1/tracking/{tracking_code}/data"): OperationWords(
        "Hapus data saya",
        "Menghapus nama, telepon, surel, alamat dan jawaban pengirim; untuk kebutuhan privat juga"
        " keterangan dan letak persisnya. Usulannya tetap, tanpa orangnya.",
    ),
    ("delete", "/api/v1/staff/usulan/{number}/data"): OperationWords(
        "Hapus data pengusul", "Sama seperti di atas, oleh admin kota atas permintaan pengusul."
    ),
    ("get", "/api/v1/categories"): OperationWords(
        "Daftar kategori", "Kategori usulan: kode, nama, bidang, satuan dan ketelitian lokasinya."
    ),
    ("get", "/api/v1/usulan/{number}"): OperationWords(
        "Satu usulan", "Satu usulan menurut nomornya, sebagaimana boleh dilihat umum."
    ),
    ("get", "/api/v1/usulan/{number}/history"): OperationWords(
        "Riwayat usulan", "Setiap langkah satu usulan, dari pengajuan sampai sekarang."
    ),
    ("get", "/tiles/{layer}/{z}/{x}/{y}.mvt"): OperationWords(
        "Satu ubin vektor",
        "Lapisan usulan menerima saringan `/api/v1/usulan`; lapisan areas menerima `level`,"
        " `edition` dan `v`, versi yang disebut TileJSON dan daftar kota: dengan versi yang benar"
        " ubin boleh disimpan setahun. Ubin kosong dijawab 204.",
        "/tiles/areas/14/13234/8537.mvt?city=99.71",
        "-o ubin.mvt ",
    ),
    ("get", "/tiles/{layer}.json"): OperationWords(
        "TileJSON satu lapisan",
        "TileJSON 3.0.0: alamat ubin sebuah lapisan dan isinya.",
        "/tiles/areas.json?city=99.71",
    ),
}
