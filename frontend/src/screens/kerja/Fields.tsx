import type { Reason } from "../../api/contract";
import { named, words as shared } from "../../i18n";
import { words } from "../../i18n/kerja";
import { Icon } from "../../panels/Icon";
import { narrow } from "../../state/narrow";
import type { Draft, Field } from "./drafts";
import {
  type ActName,
  type Faults,
  fieldsOf,
  filledIn,
  isRequired,
  PARTS,
  type Subject,
  targetOf,
} from "./forms";
import { pointText } from "./spots";
import type { KerjaStore } from "./store";

/** What the fields of an act's form show, and where what is typed goes. */
export interface FieldsProps {
  store: KerjaStore;
  act: ActName;
  item: Subject;
  draft: Draft;
  faults: Faults;
  change: (patch: Draft) => void;
  /** Begins the names of the fields, of which there may be two forms on the page. */
  form: string;
}

interface FieldProps extends FieldsProps {
  field: Field;
}

export const idOfField = (form: string, field: Field): string => `${form}-${field}`;

function labelOf({ act, field, item }: FieldProps): string {
  if (field === "reason" && !isRequired(act, field, item)) return words.value.note;
  return words.value.fields[field];
}

/** What helps to fill a field in; a map beside the form is pointed at. */
function hintOf({ store, field }: FieldProps): string | null {
  if (field === "point" && store.map.value === null) return words.value.pointByHand;
  return words.value.hints[field] ?? null;
}

function PartOptions({ item }: { item: Subject }) {
  return PARTS.filter((part) => item[part]).map((part) => (
    <option key={part} value={part}>
      {words.value.parts[part]}
    </option>
  ));
}

function CategoryOptions({ store, item }: FieldsProps) {
  const others = (store.categories.value.value ?? []).filter(({ code }) => code !== item.category);
  return (
    <>
      <option value="">{words.value.chooseCategory}</option>
      {others.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </>
  );
}

function CodeOptions({ reasons, target }: { reasons: readonly Reason[]; target: string }) {
  const usual = reasons.filter(({ suits }) => suits.includes(target));
  const others = reasons.filter((each) => !usual.includes(each));
  const option = ({ code, name }: Reason) => (
    <option key={code} value={code}>
      {code} · {name}
    </option>
  );
  return (
    <>
      <option value="">{words.value.chooseCode}</option>
      <optgroup label={words.value.usualCodes}>{usual.map(option)}</optgroup>
      <optgroup label={words.value.otherCodes}>{others.map(option)}</optgroup>
    </>
  );
}

function Options(props: FieldProps) {
  const { store, item, act, field } = props;
  if (field === "part") return <PartOptions item={item} />;
  if (field === "category") return <CategoryOptions {...props} />;
  return <CodeOptions reasons={store.reasons.value.value ?? []} target={targetOf(act) ?? ""} />;
}

const CHOSEN: ReadonlySet<Field> = new Set(["code", "part", "category"]);
const LONG: ReadonlySet<Field> = new Set(["reason", "question"]);

function Control(props: FieldProps) {
  const { item, act, field, draft, faults, form } = props;
  const id = idOfField(form, field);
  const described = [hintOf(props) ? `petunjuk-${id}` : "", faults[field] ? `galat-${id}` : ""];
  const attributes = {
    id,
    value: filledIn(draft, act, field, item),
    "aria-invalid": faults[field] !== undefined,
    "aria-required": isRequired(act, field, item),
    ...(described.some(Boolean) && { "aria-describedby": described.filter(Boolean).join(" ") }),
  };
  const change = (value: string) => props.change({ [field]: value });
  if (CHOSEN.has(field)) {
    return (
      <select class="select" {...attributes} onChange={(event) => change(event.currentTarget.value)}>
        <Options {...props} />
      </select>
    );
  }
  if (LONG.has(field)) {
    return (
      <textarea
        class="textarea"
        rows={isRequired(act, field, item) ? 3 : 2}
        maxLength={500}
        {...attributes}
        onInput={(event) => change(event.currentTarget.value)}
      />
    );
  }
  return (
    <input
      class="input num"
      autocomplete="off"
      {...attributes}
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
}

/** On a phone the map is not beside the form: it is called. */
function ShowMap({ store }: Pick<FieldProps, "store">) {
  const show = () => {
    store.pointing.value = true;
  };
  return (
    <button type="button" class="btn" onClick={show}>
      <Icon name="map" />
      {words.value.pointOnMap}
    </button>
  );
}

/** The middle of the map as the place: what the keyboard has instead of a tap on it. */
export function MapCentre({ store, change }: Pick<FieldProps, "store" | "change">) {
  if (store.map.value === null) return null;
  const take = () => {
    const centre = store.map.peek()?.centre();
    if (centre) change({ point: pointText(centre) });
  };
  return (
    <button type="button" class="btn" onClick={take}>
      <Icon name="locate" />
      {words.value.useCentre}
    </button>
  );
}

function FieldBox(props: FieldProps) {
  const { item, act, field, faults, form } = props;
  const id = idOfField(form, field);
  const fault = faults[field];
  const hint = hintOf(props);
  return (
    <div class="field">
      <label for={id}>
        {labelOf(props)}{" "}
        {isRequired(act, field, item) ? null : <span class="hint">({words.value.optional})</span>}
      </label>
      <Control {...props} />
      {fault ? (
        <p class="field-error" id={`galat-${id}`}>
          {fault}
        </p>
      ) : null}
      {hint ? (
        <p class="hint" id={`petunjuk-${id}`}>
          {hint}
        </p>
      ) : null}
      {field === "point" && narrow.value ? <ShowMap store={props.store} /> : null}
      {field === "point" && !narrow.value ? <MapCentre {...props} /> : null}
    </div>
  );
}

/** What an act brings about, before it is taken. */
export function Meaning({ act }: { act: ActName }) {
  const target = targetOf(act);
  const status = target === null ? null : named(shared.value.statuses, target);
  const told = status === null ? words.value.actMeans[act] : words.value.becomes(status);
  return told ? <p class="secondary">{told}</p> : null;
}

/** Everything that an act asks for, in the order in which it is filled in. */
export function Fields(props: FieldsProps) {
  return fieldsOf(props.act).map((field) => <FieldBox key={field} {...props} field={field} />);
}

/** The field that takes the focus: the first that is wrong, else the first where one must be filled. */
export function fieldToFill({ act, item, draft, faults, form }: FieldsProps, isNew: boolean): string | null {
  const fields = fieldsOf(act);
  // A place that the map has given is not to be typed.
  const empty = fields.filter((field) => field !== "point" || !draft.point);
  const [asked] = fields.some((field) => isRequired(act, field, item)) ? empty : [];
  const chosen = fields.find((field) => field in faults) ?? (isNew ? asked : undefined);
  return chosen === undefined ? null : idOfField(form, chosen);
}
