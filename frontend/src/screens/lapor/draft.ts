import type { AreaName, Position } from "../../api/contract";

export type Step = 1 | 2 | 3 | 4;
export type Severity = 1 | 2 | 3;

/** Where the problem is: a pin, with its GPS accuracy if it has one, or an area chosen from the lists. */
export type Place =
  | { kind: "pin"; position: Position; accuracy_m: number | null }
  | { kind: "area"; area: AreaName };

export interface Draft {
  /** Sent as Idempotency-Key: however often the draft is sent, one usulan comes of it. */
  key: string;
  step: Step;
  place: Place | null;
  /** The area the person says it is, where the map was in doubt. */
  declared: AreaName | null;
  category: string | null;
  title: string;
  problem: string;
  volume: string;
  unit: string;
  severity: Severity | null;
  beneficiaries: string;
  name: string;
  phone: string;
  consent: boolean;
  /** The bodies of the sendings that got no answer; one of them may have arrived. */
  unanswered: string[];
}

/** The part of `Storage` that drafts use. */
export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const VERSION = 1;

export function emptyDraft(key: string): Draft {
  return {
    key,
    step: 1,
    place: null,
    declared: null,
    category: null,
    title: "",
    problem: "",
    volume: "",
    unit: "",
    severity: null,
    beneficiaries: "",
    name: "",
    phone: "",
    consent: false,
    unanswered: [],
  };
}

/** True when there is something that would be a pity to lose. */
export function hasContent(draft: Draft): boolean {
  return draft.place !== null || draft.category !== null || draft.title !== "" || draft.problem !== "";
}

function isPlace(value: unknown): value is Place {
  const place = value as Partial<Record<"kind" | "position" | "area", unknown>>;
  if (place.kind === "area") return typeof (place.area as Partial<AreaName> | null)?.code === "string";
  if (place.kind !== "pin" || !Array.isArray(place.position)) return false;
  return place.position.length === 2 && place.position.every(Number.isFinite);
}

function parsed(text: string): Draft | null {
  const kept = JSON.parse(text) as { version?: unknown; draft?: Partial<Draft> };
  if (kept.version !== VERSION || typeof kept.draft?.key !== "string") return null;
  const draft = { ...emptyDraft(kept.draft.key), ...kept.draft };
  return { ...draft, place: draft.place && isPlace(draft.place) ? draft.place : null };
}

export const draftName = (city: string | null): string => `peta.draft.${city ?? "default"}`;

/** The kept draft, or null when there is none, it is broken, or the storage is refused. */
export function keptDraft(storage: DraftStorage, name: string): Draft | null {
  try {
    const text = storage.getItem(name);
    return text === null ? null : parsed(text);
  } catch {
    return null;
  }
}

/** Keeps a draft on the device. False when the storage refuses: then it lives as long as the page. */
export function keepDraft(storage: DraftStorage, name: string, draft: Draft): boolean {
  try {
    storage.setItem(name, JSON.stringify({ version: VERSION, draft }));
    return true;
  } catch {
    return false;
  }
}

export function discardDraft(storage: DraftStorage, name: string): void {
  try {
    storage.removeItem(name);
  } catch {
    // A storage that refuses has kept nothing either.
  }
}
