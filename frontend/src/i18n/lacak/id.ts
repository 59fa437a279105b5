import type { Act } from "../../screens/lacak/acts";
import { inIndonesian as n } from "../format";

export const id = {
  title: "Lacak usulan",
  codeWhy:
    "Anda mendapat kode lacak sesudah mengirim usulan. Jangan disebarkan: siapa pun yang memegangnya dapat menjawab dan membatalkan atas nama Anda.",
  code: "Kode lacak",
  codeHint: "13 huruf dan angka, misalnya 7K3M-9Q2X-4ZT1B. Huruf kecil dan spasi tidak apa-apa.",
  open: "Lihat usulan saya",
  missingCode: "Tulis kode lacak Anda.",
  wrongLength: (length: number, right: number) =>
    `Kode lacak terdiri dari ${n(right)} huruf dan angka; ini ${n(length)}.`,
  wrongLetters: "Kode lacak hanya berisi angka dan huruf, tanpa huruf U.",
  unknownCode: "Kode ini tidak dikenal. Periksa huruf dan angkanya.",
  lost: "Kode hilang?",
  lostBody:
    "Kode tidak kami simpan, jadi tidak dapat dikirim ulang. Usulan Anda tetap berjalan: status dan alasannya tampil di peta.",
  toMap: "Cari di peta usulan",
  toForm: "Buat usulan baru",
  failed: "Usulan Anda belum dapat dibuka",
  nothingLost: "Tidak ada yang hilang.",

  place: "Letak usulan",
  numberIs: (number: string) => `Nomor ${number}`,
  now: "Sekarang",
  asked: "Petugas bertanya kepada Anda sebelum usulan ini dilanjutkan.",
  meanings: (year: number): Record<string, string> => ({
    draf: "Usulan ini masih draf.",
    diajukan: "Usulan Anda tercatat dan menunggu diperiksa kelurahan.",
    disepakati_rt: "Rembug RT menyepakati usulan ini. Berikutnya rembug RW atau kelurahan.",
    disepakati_rw: "Rembug RW menyepakati usulan ini. Berikutnya diperiksa kelurahan.",
    verifikasi_kel: "Kelurahan sedang memeriksa usulan ini.",
    prioritas_kel: "Usulan ini menjadi prioritas kelurahan dan dibawa ke kecamatan.",
    validasi_mitra: "Bappeda, badan perencana kota, sedang memeriksa usulan ini.",
    musren_kec: "Usulan ini dibahas dalam musrenbang kecamatan.",
    forum_pd: "Usulan ini dibahas oleh OPD, dinas kota yang menanganinya.",
    musren_kota: "Usulan ini dibahas dalam musrenbang kota.",
    masuk_rkpd: `Usulan ini masuk RKPD, rencana kerja kota tahun ${year}.`,
    masuk_kua_ppas: `Usulan ini masuk KUA-PPAS, rancangan anggaran kota tahun ${year}.`,
    masuk_apbd: `Usulan ini masuk APBD, anggaran kota tahun ${year}.`,
    dilaksanakan: "Usulan ini sedang dikerjakan.",
    selesai: "Usulan ini selesai dikerjakan.",
    dikembalikan: "Ada yang kurang pada usulan ini. Alasannya ada di riwayat.",
    belum_diakomodir: `Usulan ini belum masuk rencana tahun ${year}. Alasannya ada di riwayat; tahun depan boleh diajukan lagi.`,
    ditolak:
      "Usulan ini ditolak. Alasannya ada di riwayat. Bila sebabnya sudah hilang, tanyakan ke kelurahan.",
    dialihkan: "Usulan ini dialihkan ke sumber dana lain. Alasannya ada di riwayat.",
    digabung: "Usulan ini digabung dengan usulan lain tentang masalah yang sama.",
    dibatalkan: "Usulan ini dibatalkan dan tidak diproses lagi.",
    dicoret_perubahan: "Usulan ini dicoret dalam perubahan anggaran. Alasannya ada di riwayat.",
  }),
  dueBy: (when: string) => `Langkah berikutnya paling lambat ${when}.`,
  lateSince: (when: string) =>
    `Langkah berikutnya seharusnya paling lambat ${when}. Tanyakan ke kelurahan dengan nomor usulan ini.`,
  survivor: (number: string) => `Lihat usulan yang diteruskan, nomor ${number}`,
  seeOnMap: "Lihat di peta",
  notPublished: "Usulan ini belum tampil di peta publik.",
  otherCode: "Pakai kode lain",

  question: "Pertanyaan petugas",
  answerUntil: (when: string) => `Dijawab paling lambat ${when}.`,
  questionOver: (when: string | null) =>
    when === null
      ? "Pertanyaan ini tidak dapat dijawab lagi di sini. Hubungi kelurahan dengan nomor usulan ini."
      : `Waktu menjawab habis pada ${when}. Hubungi kelurahan dengan nomor usulan ini.`,
  answer: "Jawaban Anda",
  answerHint: "Hanya dibaca petugas.",
  count: (length: number, most: number) => `${n(length)} dari ${n(most)} huruf`,
  send: "Kirim jawaban",
  sending: "Mengirim",
  missingAnswer: "Tulis jawaban Anda.",
  longAnswer: (over: number, most: number) => `Paling banyak ${n(most)} huruf; kurangi ${n(over)} huruf.`,
  unsent: "Jawaban yang belum terkirim",
  drop: "Buang jawaban ini",

  history: "Riwayat",
  by: (actor: string) => `oleh ${actor}`,
  you: "Anda",
  reasonCode: (code: string) => `alasan ${code}`,
  kinds: {
    penarikan_muatan: "Ditarik bersama daftarnya",
    berkas: "Dimuat dari berkas",
    perubahan: "Diperbarui dari berkas",
    pengajuan: "Usulan Anda tercatat",
    penempatan_ulang: "Ditempatkan ulang menurut batas wilayah baru",
    publikasi: "Tayangan di peta diubah",
    penutupan_kata: "Sebagian kata ditutup dari publik",
    pemindahan_lokasi: "Tempat dipindahkan",
    perubahan_kategori: "Kategori diubah",
    penerusan: "Diteruskan ke OPD",
    penyelesaian_ragu: "Tempat sudah dipastikan",
    pengurungan: "Langkah sebelumnya ditarik kembali",
    jawaban: "Anda menjawab",
    penarikan: "Anda membatalkan usulan",
    penghapusan_data: "Data pengusul dihapus",
  } as Record<string, string>,

  ownData: "Data Anda",
  ownDataWhy:
    "Isian, kontak dan jawaban Anda disimpan bersama usulan ini. Anda boleh memintanya, dan boleh menghapus yang menyangkut diri Anda.",
  erasedOn: (when: string) => `Data pengusul sudah dihapus pada ${when}. Usulannya tetap berjalan.`,
  download: "Unduh data saya",
  downloading: "Mengunduh",
  erase: "Hapus data saya",
  withdrawal: "Membatalkan usulan",
  withdrawalWhy: "Bila masalahnya sudah selesai atau usulan ini keliru.",
  withdraw: "Batalkan usulan",
  confirm: {
    withdraw: {
      title: "Batalkan usulan ini?",
      effects: [
        "Usulan ini tidak diproses lagi dan tidak dapat dikembalikan.",
        "Riwayatnya tetap tersimpan, dan halaman ini tetap dapat dibuka.",
      ],
      yes: "Ya, batalkan usulan",
      no: "Jangan batalkan",
    },
    erase: {
      title: "Hapus data Anda?",
      effects: [
        "Nama, telepon, surel, alamat, patokan dan jawaban Anda dihapus untuk seterusnya.",
        "Untuk kebutuhan pribadi, uraian dan letak persisnya juga dihapus.",
        "Jika petugas pernah memindahkan letaknya dengan aplikasi versi lama, letak lamanya tetap ada di riwayat, tidak untuk umum.",
        "Usulannya tetap berjalan, tetapi petugas tidak dapat menghubungi Anda lagi.",
      ],
      yes: "Ya, hapus data saya",
      no: "Jangan hapus",
    },
  },

  done: {
    reply: "Jawaban Anda terkirim. Usulan kembali ke petugas yang bertanya.",
    withdraw: "Usulan dibatalkan.",
    download: "Data Anda diunduh.",
    erase: "Data Anda sudah dihapus.",
  } as Record<Act, string>,
  notDone: {
    reply: "Jawaban belum terkirim dan masih ada di bawah.",
    withdraw: "Usulan belum dibatalkan.",
    download: "Data belum terunduh.",
    erase: "Data belum dihapus.",
  } as Record<Act, string>,
  overtakenAnswer:
    "Jawaban belum terkirim: pertanyaan ini sudah dijawab, ditarik, atau lewat waktunya. Yang tampil sudah yang terbaru.",
  overtaken:
    "Usulan ini sudah berubah sejak Anda membukanya, jadi langkah ini tidak dapat diambil lagi. Yang tampil sudah yang terbaru.",
  noNetwork: "Koneksi terputus; coba lagi saat jaringan kembali.",
  noAnswer: "Peladen belum menjawab; coba lagi. Tidak akan tercatat dua kali.",
  tooOften: (minutes: number) => `Terlalu banyak percobaan; coba lagi dalam ${n(minutes)} menit.`,
  busy: "Peladen sedang sibuk; coba lagi sebentar lagi.",
};
