"""A list as a kelurahan sends it: titles, joined headers, groups, sums, and every man's numbers."""

# ruff: noqa: RUF005 - a row reads better over a few lines than with a cell on each

from datetime import date
from itertools import count

import openpyxl

TITLES = (
    "PEMERINTAH KOTA CONTOH",
    "DAFTAR USULAN HASIL MUSRENBANG KELURAHAN MOJO KECAMATAN PASAR KLIWON",
    "TAHUN ANGGARAN 2026",
)
UPPER = ("NO", "URAIAN USULAN KEGIATAN", "PERMASALAHAN", "JENIS USULAN", "LOKASI", None)
UPPER += ("VOLUME", None, "PERKIRAAN BIAYA (Rp)", "PENGUSUL", "NO HP", "TGL USULAN", "KET")
LOWER = (None, None, None, None, "ALAMAT", "RT/RW", "VOL", "SAT", None, None, None, None, None)
MERGED = ("A1:M1", "A2:M2", "A3:M3", "E5:F5", "G5:H5")
STANDING = "ABCDIJKLM"

# title, problem, kind, street, RT/RW, volume, unit, cost, proposer, phone, day
PHYSICAL = (
    ("Pavingisasi gang Mawar", "Gang becek dan licin setiap hujan turun", "Jalan lingkungan")
    + ("Jl. Kawi", "RT 02, 03 RW 01", "1.250,5", "m2", "Rp 118.500.000,-", "Bp. Slamet")
    + ("0812-3456-7890", "25 Februari 2026"),
    ("Talud kali Pepe", "Tebing kali longsor sepanjang lima puluh meter", "Talud / turap")
    + ("Bantaran", "RT 001/RW 002", "± 50", "m'", "1,5 juta", "Ketua RT 1", "081234567891")
    + ("25/02/26",),
    ("Perbaikan saluran depan balai", "Selokan mampet dan meluap ke jalan", "Drainase")
    + ("Jl. Kawi", "RT O3 RW 05", 45, "m", 75000000, "Bu Tri", "+62 812 3456 7892")
    + (date(2026, 2, 26),),
    ("Tambah lampu gang", "Gang gelap, rawan kejahatan di malam hari", "PJU")
    + (None, "se-RW 04", "3 titik", None, "Rp6,82 jt", "Karang Taruna", None, 46078),
    ("Bedah rumah Mbah Karto", "Rumah hampir roboh dan atapnya bocor", "RTLH")
    + ("Jl. Semeru", "RT 1 s/d 4 RW 2", 1, "unit", "#REF!", "PKK", "-", "01/03/2026"),
)
SOCIAL = (
    ("Pelatihan menjahit ibu-ibu", "Banyak ibu ingin bekerja tetapi belum terampil")
    + ("Pelatihan", "Balai RW", "RW 03", "20 org", "orang", "25.000.000", "PKK", None)
    + ("2026-03-02",),
    ("Timbangan posyandu", "Timbangan bayi rusak sehingga penimbangan tertunda", "Posyandu")
    + ("Posyandu Melati", "RT 04 RW 03", "2", "bh", 3500000, "Kader", None, "3 Maret 2026"),
    ("Pengadaan kursi roda", "Lansia tidak dapat ke puskesmas sendiri", "Difabel")
    + (None, "RT 2", "5", "org", "12,500,000", "Bp. Yanto", None, "4/3/2026"),
    ("Panggung 17an", "Panggung lama sudah lapuk dan tidak aman dipakai", "Lain-lain")
    + ("Lapangan", "RT 5/RW 3", "1 (satu) paket", "ls", "-", "Karang Taruna", None, "besok"),
)


def write_messy_list(path):
    book = openpyxl.Workbook()
    book.active.title = "REKAP"
    for row in (("REKAP PER BIDANG",), ("BIDANG", "JUMLAH"), ("Fisik", 5), ("Sosial", 4)):
        book.active.append(row)
    _fill(book.create_sheet("Usulan 2026"))
    book.create_sheet("Sheet3").sheet_state = "hidden"
    book.save(path)
    return path


def _fill(sheet):
    numbers = count(1)
    for title in TITLES:
        sheet.append([title])
    sheet.append([])
    sheet.append(UPPER)
    sheet.append(LOWER)
    sheet.append(list(range(1, 14)))
    for group, rows in (("A. BIDANG FISIK", PHYSICAL), ("B. BIDANG SOSIAL BUDAYA", SOCIAL)):
        sheet.append([group])
        sheet.merge_cells(f"A{sheet.max_row}:M{sheet.max_row}")
        for row in rows:
            sheet.append([next(numbers), *row])
    sheet.append([None, "JUMLAH", None, None, None, None, None, None, "=SUM(I9:I18)"])
    sheet.append([])
    sheet.append([None] * 9 + ["Mojo, 5 Maret 2026"])
    sheet.append([None] * 9 + ["Lurah Mojo"])
    for block in (*MERGED, *(f"{letter}5:{letter}6" for letter in STANDING)):
        sheet.merge_cells(block)
