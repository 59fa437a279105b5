"""Fields of government (urusan): their codes and names.

Source: the national nomenclature, Permendagri 90/2019; a programme begins with the code of its
field, as 1.03.10 with 1.03.
"""

from collections.abc import Mapping

from app.language import Words

FIELDS: Mapping[str, Words] = {
    "1.01": Words("Pendidikan", "Education"),
    "1.02": Words("Kesehatan", "Health"),
    "1.03": Words("Pekerjaan umum dan penataan ruang", "Public works and spatial planning"),
    "1.04": Words("Perumahan dan kawasan permukiman", "Housing and settlements"),
    "1.05": Words(
        "Ketenteraman, ketertiban umum, dan pelindungan masyarakat",
        "Public order and civil protection",
    ),
    "1.06": Words("Sosial", "Social affairs"),
    "2.07": Words("Tenaga kerja", "Labour"),
    "2.08": Words(
        "Pemberdayaan perempuan dan pelindungan anak", "Women's empowerment and child protection"
    ),
    "2.09": Words("Pangan", "Food"),
    "2.10": Words("Pertanahan", "Land"),
    "2.11": Words("Lingkungan hidup", "Environment"),
    "2.12": Words("Administrasi kependudukan dan pencatatan sipil", "Civil registration"),
    "2.13": Words("Pemberdayaan masyarakat dan desa", "Community and village empowerment"),
    "2.14": Words("Pengendalian penduduk dan keluarga berencana", "Population and family planning"),
    "2.15": Words("Perhubungan", "Transport"),
    "2.16": Words("Komunikasi dan informatika", "Communication and informatics"),
    "2.17": Words("Koperasi, usaha kecil, dan menengah", "Cooperatives and small enterprises"),
    "2.18": Words("Penanaman modal", "Investment"),
    "2.19": Words("Kepemudaan dan olahraga", "Youth and sports"),
    "2.20": Words("Statistik", "Statistics"),
    "2.21": Words("Persandian", "Information security"),
    "2.22": Words("Kebudayaan", "Culture"),
    "2.23": Words("Perpustakaan", "Libraries"),
    "2.24": Words("Kearsipan", "Archives"),
    "3.25": Words("Kelautan dan perikanan", "Marine affairs and fisheries"),
    "3.26": Words("Pariwisata", "Tourism"),
    "3.27": Words("Pertanian", "Agriculture"),
    "3.28": Words("Kehutanan", "Forestry"),
    "3.29": Words("Energi dan sumber daya mineral", "Energy and mineral resources"),
    "3.30": Words("Perdagangan", "Trade"),
    "3.31": Words("Perindustrian", "Industry"),
    "3.32": Words("Transmigrasi", "Transmigration"),
    "4.01": Words("Sekretariat daerah", "Regional secretariat"),
    "4.02": Words("Sekretariat DPRD", "Secretariat of the council"),
    "5.01": Words("Perencanaan", "Planning"),
    "5.02": Words("Keuangan", "Finance"),
    "5.03": Words("Kepegawaian", "Personnel"),
    "5.04": Words("Pendidikan dan pelatihan pegawai", "Training of officers"),
    "5.05": Words("Penelitian dan pengembangan", "Research and development"),
    "5.06": Words("Pengelolaan perbatasan", "Border management"),
    "5.07": Words("Pengelolaan penghubung", "Liaison offices"),
    "6.01": Words("Inspektorat daerah", "Regional inspectorate"),
    "7.01": Words("Kewilayahan (kecamatan dan kelurahan)", "Kecamatan and kelurahan offices"),
    "8.01": Words("Kesatuan bangsa dan politik", "National unity and politics"),
}
