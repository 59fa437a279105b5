import { named, words } from "../i18n";
import { Icon, type IconName } from "./Icon";

type Tint = "" | "chip-plan" | "chip-ok" | "chip-warn" | "chip-bad";

// Grey in process, nila planned, green done, amber yours to act or open, red ended.
const LOOKS: Record<string, [IconName, Tint]> = {
  diajukan: ["eye", ""],
  disepakati_rt: ["people", ""],
  disepakati_rw: ["people", ""],
  verifikasi_kel: ["eye", ""],
  prioritas_kel: ["flag", ""],
  validasi_mitra: ["eye", ""],
  musren_kec: ["talk", ""],
  forum_pd: ["talk", ""],
  musren_kota: ["talk", ""],
  masuk_rkpd: ["book", "chip-plan"],
  masuk_kua_ppas: ["book", "chip-plan"],
  masuk_apbd: ["book", "chip-plan"],
  dilaksanakan: ["clock", "chip-ok"],
  selesai: ["check", "chip-ok"],
  dikembalikan: ["warning", "chip-warn"],
  belum_diakomodir: ["clock", "chip-warn"],
  dialihkan: ["right", "chip-warn"],
  digabung: ["copy", ""],
  dibatalkan: ["close", ""],
  ditolak: ["close", "chip-bad"],
  dicoret_perubahan: ["minus", "chip-bad"],
};

export function StatusChip({ status }: { status: string }) {
  const [icon, tint] = LOOKS[status] ?? ["eye", ""];
  return (
    <span class={`chip ${tint}`}>
      <Icon name={icon} small />
      {named(words.value.statuses, status)}
    </span>
  );
}
