import { inEnglish as n } from "../format";
import type { id } from "./id";

export const en: typeof id = {
  title: "Follow a proposal",
  codeWhy:
    "You got a tracking code when you sent your proposal. Do not pass it on: whoever has it can answer and withdraw in your name.",
  code: "Tracking code",
  codeHint: "13 letters and digits, for example 7K3M-9Q2X-4ZT1B. Small letters and blanks are fine.",
  open: "View my proposal",
  missingCode: "Write your tracking code.",
  wrongLength: (length, right) =>
    `A tracking code has ${n(right)} letters and digits; this has ${n(length)}.`,
  wrongLetters: "A tracking code has digits and letters only, and no U.",
  unknownCode: "This code is not known. Check its letters and digits.",
  lost: "Lost your code?",
  lostBody:
    "We do not keep codes, so we cannot send yours again. Your proposal goes on: its status and reasons show on the map.",
  toMap: "Find it on the map",
  toForm: "Create a proposal",
  failed: "Your proposal cannot be opened yet",
  nothingLost: "Nothing is lost.",

  place: "Where it is",
  numberIs: (number) => `Number ${number}`,
  now: "Now",
  asked: "Officers have a question for you before this proposal can go on.",
  meanings: (year) => ({
    draf: "This proposal is a draft.",
    diajukan: "Your proposal is recorded and waits for the kelurahan to check it.",
    disepakati_rt: "The RT meeting agreed to it. Next comes the RW meeting or the kelurahan.",
    disepakati_rw: "The RW meeting agreed to it. Next the kelurahan checks it.",
    verifikasi_kel: "The kelurahan is checking this proposal.",
    prioritas_kel: "The kelurahan made it a priority and takes it to the kecamatan.",
    validasi_mitra: "Bappeda, the city's planning agency, is checking this proposal.",
    musren_kec: "It is being discussed at the kecamatan's planning meeting.",
    forum_pd: "It is being discussed by the agency (OPD) in charge.",
    musren_kota: "It is being discussed at the city's planning meeting.",
    masuk_rkpd: `It is in RKPD, the city's work plan of ${year}.`,
    masuk_kua_ppas: `It is in KUA-PPAS, the draft of the city's budget of ${year}.`,
    masuk_apbd: `It is in APBD, the city's budget of ${year}.`,
    dilaksanakan: "The work is under way.",
    selesai: "The work is done.",
    dikembalikan: "Something is missing from this proposal. The reason is in its history.",
    belum_diakomodir: `It did not get into the plan of ${year}. The reason is in its history; it may be proposed again next year.`,
    ditolak: "It was refused. The reason is in its history. If its cause is gone, ask the kelurahan.",
    dialihkan: "It was moved to another source of funds. The reason is in its history.",
    digabung: "It was merged with another proposal about the same problem.",
    dibatalkan: "It was withdrawn and is not worked on any more.",
    dicoret_perubahan: "It was struck in the budget's revision. The reason is in its history.",
  }),
  dueBy: (when) => `The next step is due by ${when}.`,
  lateSince: (when) =>
    `The next step was due by ${when}. Ask the kelurahan, with the number of this proposal.`,
  survivor: (number) => `View the one that goes on, number ${number}`,
  seeOnMap: "View on map",
  notPublished: "This proposal is not on the public map yet.",
  otherCode: "Use another code",

  question: "The officers' question",
  answerUntil: (when) => `Please answer by ${when}.`,
  questionOver: (when) =>
    when === null
      ? "This question can no longer be answered here. Ask the kelurahan, with the number of this proposal."
      : `The time to answer was over on ${when}. Ask the kelurahan, with the number of this proposal.`,
  answer: "Your answer",
  answerHint: "Only officers read it.",
  count: (length, most) => `${n(length)} of ${n(most)} characters`,
  send: "Send the answer",
  sending: "Sending",
  missingAnswer: "Write your answer.",
  longAnswer: (over, most) => `At most ${n(most)} characters; take out ${n(over)}.`,
  unsent: "An answer that was not sent",
  drop: "Discard this answer",

  history: "History",
  by: (actor) => `by ${actor}`,
  you: "you",
  reasonCode: (code) => `reason ${code}`,
  kinds: {
    penarikan_muatan: "Taken back with its list",
    berkas: "Loaded from a file",
    perubahan: "Updated from a file",
    pengajuan: "Your proposal was recorded",
    penempatan_ulang: "Placed anew by new boundaries",
    publikasi: "Shown or hidden on the map",
    penutupan_kata: "Some words were closed to the public",
    pemindahan_lokasi: "Moved to another place",
    perubahan_kategori: "Category changed",
    penerusan: "Sent to an agency (OPD)",
    penyelesaian_ragu: "The place was made certain",
    pengurungan: "The step before was taken back",
    jawaban: "You answered",
    penarikan: "You withdrew the proposal",
    penghapusan_data: "The proposer's data was erased",
  },

  ownData: "Your data",
  ownDataWhy:
    "What you wrote, your contact and your answers are kept with this proposal. You may have them, and erase what is about you.",
  erasedOn: (when) => `The proposer's data was erased on ${when}. The proposal goes on.`,
  download: "Download my data",
  downloading: "Downloading",
  erase: "Erase my data",
  withdrawal: "Withdrawing the proposal",
  withdrawalWhy: "If the problem is solved, or the proposal was a mistake.",
  withdraw: "Withdraw the proposal",
  confirm: {
    withdraw: {
      title: "Withdraw this proposal?",
      effects: [
        "It is not worked on any more, and cannot be brought back.",
        "Its history stays, and so does this page.",
      ],
      yes: "Yes, withdraw it",
      no: "Do not withdraw",
    },
    erase: {
      title: "Erase your data?",
      effects: [
        "Your name, phone, e-mail, address, landmark and answers are erased for good.",
        "Of a private need, its words and exact place too.",
        "If officers once moved it with an older version of this application, its former place stays in the history, not in public.",
        "The proposal goes on, but officers cannot reach you any more.",
      ],
      yes: "Yes, erase my data",
      no: "Do not erase",
    },
  },

  done: {
    reply: "Your answer was sent. The proposal is back with the officers who asked.",
    withdraw: "The proposal is withdrawn.",
    download: "Your data was downloaded.",
    erase: "Your data was erased.",
  },
  notDone: {
    reply: "Your answer was not sent, and is still below.",
    withdraw: "The proposal is not withdrawn yet.",
    download: "Your data was not downloaded.",
    erase: "Your data was not erased.",
  },
  overtakenAnswer:
    "Your answer was not sent: the question has been answered, taken back, or is over. What you see is the latest.",
  overtaken:
    "The proposal has changed since you opened it, so this can no longer be done. What you see is the latest.",
  noNetwork: "No connection; try again when the network is back.",
  noAnswer: "The server has not answered; try again. It will not be recorded twice.",
  tooOften: (minutes) =>
    `Too many attempts; try again in ${n(minutes)} ${minutes === 1 ? "minute" : "minutes"}.`,
  busy: "The server is busy; try again in a moment.",
};
