import { inIndonesian as n } from "../format";

export const id = {
  title: "Masuk",
  forOfficers: "Halaman ini untuk petugas. Warga mengirim usulan tanpa akun.",
  email: "Surel",
  password: "Kata sandi",
  show: "Tampilkan",
  hide: "Sembunyikan",
  showPassword: "Tampilkan kata sandi",
  signIn: "Masuk",
  signingIn: "Memeriksa",
  forgotten: "Lupa kata sandi?",
  forgottenTitle: "Minta kata sandi baru",
  forgottenWhy: "Tulis surel akun Anda. Ke sana dikirim tautan untuk menyetel kata sandi baru.",
  askLink: "Minta tautan",
  askingLink: "Meminta",
  linkAsked:
    "Permintaan diterima. Bila surel itu punya akun, tautannya dikirim ke sana dan berlaku dua jam. Tidak datang juga? Admin kota dapat membuat tautan baru untuk Anda.",
  passwordSet: "Kata sandi sudah disetel. Silakan masuk.",
  signedOut: "Anda sudah keluar.",
  offline: "Koneksi terputus. Untuk masuk diperlukan jaringan.",

  invited: "Setel kata sandi",
  invitedWhy:
    "Tautan undangan Anda berlaku satu kali. Sesudah kata sandi disetel, tautan ini tidak berlaku lagi.",
  newPassword: "Kata sandi baru",
  newPasswordHint:
    "Paling sedikit 12 karakter, bukan nama atau surel Anda. Beberapa kata acak mudah diingat.",
  count: (length: number) => `${n(length)} karakter`,
  set: "Setel kata sandi",
  setting: "Menyimpan",
  invitationOver: "Tautan undangan ini sudah dipakai atau lewat waktunya.",
  askAnew:
    "Mintalah tautan baru kepada admin kota. Bila kata sandi sudah pernah disetel, langsung saja masuk.",
  toSignIn: "Ke halaman masuk",

  missingEmail: "Tulis surel Anda.",
  wrongEmail: "Surel ini kurang lengkap, misalnya nama@kota.go.id.",
  missingPassword: "Tulis kata sandi.",
  shortPassword: (length: number) => `Baru ${n(length)} karakter; paling sedikit 12.`,
  wrong: "Surel atau kata sandi tidak cocok. Periksa huruf besar dan kecilnya.",
  tooOften: (minutes: number) => `Terlalu banyak percobaan. Coba lagi dalam ${n(minutes)} menit.`,
  busy: "Peladen sedang sibuk. Coba lagi sebentar lagi.",
  noNetwork: "Koneksi terputus. Isian Anda masih ada; coba lagi saat jaringan kembali.",
  noAnswer: "Peladen belum menjawab. Isian Anda masih ada; coba lagi.",

  signedInAs: (name: string) => `Anda masuk sebagai ${name}`,
  toWork: "Buka kotak kerja",
  noRoles: "Belum ada peran yang berlaku hari ini. Hubungi admin kota.",
  signOut: "Keluar",
  whoFailed: "Belum diketahui apakah Anda sudah masuk.",
};
