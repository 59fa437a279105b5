"""What people call the columns and files of tables; programs know columns by their names."""

from collections.abc import Mapping, Sequence
from typing import Literal

from app.language import Language, Words

Table = Literal["totals", "ranking", "trend", "comparison"]

_TABLES: Mapping[Table, Words] = {
    "totals": Words("usulan", "proposals"),
    "ranking": Words("peringkat", "ranking"),
    "trend": Words("perkembangan", "trend"),
    "comparison": Words("perbandingan", "comparison"),
}
_SUMS: Mapping[str, Words] = {
    "count": Words("Jumlah usulan", "Proposals"),
    "cost": Words("Perkiraan biaya (Rp)", "Estimated cost (Rp)"),
    "cost_known": Words("Usulan yang biayanya diketahui", "Proposals of known cost"),
    "beneficiaries": Words("Penerima manfaat", "Beneficiaries"),
    "supporters": Words("Pendukung", "Supporters"),
    "per_1000": Words("Per 1.000 jiwa", "Per 1,000 inhabitants"),
}
_SIDES: Mapping[str, Words] = {"left": Words("Kiri", "Left"), "right": Words("Kanan", "Right")}
_COLUMNS: Mapping[str, Words] = {
    "area": Words("Kode wilayah", "Area code"),
    "name": Words("Wilayah", "Area"),
    "level": Words("Tingkat", "Level"),
    "category": Words("Kategori", "Category"),
    "group": Words("Bidang", "Field"),
    "status": Words("Status", "Status"),
    "year": Words("Tahun", "Year"),
    "month": Words("Bulan", "Month"),
    "funding": Words("Sumber dana", "Funding"),
    **_SUMS,
    "population": Words("Penduduk", "Inhabitants"),
    "households": Words("KK", "Households"),
    "class": Words("Kelas warna", "Colour class"),
    "rank": Words("Peringkat", "Rank"),
    "value": Words("Nilai", "Value"),
    "low": Words("Batas bawah 95 %", "95 % interval from"),
    "high": Words("Batas atas 95 %", "95 % interval to"),
    "thin": Words("Data belum cukup", "Too little data"),
    "rank_by_count": Words("Peringkat menurut jumlah", "Rank by count"),
    "shift": Words("Geser", "Shift"),
    "kelurahan": Words("Kelurahan", "Kelurahan"),
    "period": Words("Masa", "Period"),
    "difference": Words("Beda (kanan kurang kiri)", "Difference (right less left)"),
    "ratio": Words("Perbandingan (kanan dibagi kiri)", "Ratio (right to left)"),
    **{
        f"{side}_{name}": Words(f"{where.id}: {what.id}", f"{where.en}: {what.en}")
        for side, where in _SIDES.items()
        for name, what in _SUMS.items()
    },
}


def headings_of(columns: Sequence[str], language: Language | None) -> list[str]:
    """The heading of each column: its own name where no language is asked for."""
    if language is None:
        return list(columns)
    return [_COLUMNS[column].in_language(language) for column in columns]


def file_name(table: Table, by: str, language: Language | None) -> str:
    """What the file is called, with the level or grouping that it is by."""
    kind = _TABLES[table].in_language(language or "id")
    if language is not None and by in _COLUMNS:
        by = _COLUMNS[by].in_language(language).lower().replace(" ", "-")
    return f"{kind}-{by}.csv"
