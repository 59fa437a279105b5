import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { isAbort } from "../api/client";
import type { Place } from "../api/contract";
import { Problem } from "../api/problem";
import { named, words } from "../i18n";
import { Icon } from "./Icon";

const PAUSE_MS = 250;
const SHORTEST = 2;
const LIST = "tempat-cocok";
// The options are our own list, not a `datalist`.
const NO_DATALIST = { list: undefined };
const optionId = (index: number) => `${LIST}-${index}`;

export type FindPlaces = (words: string, signal: AbortSignal) => Promise<Place[]>;

/** Places under the typed words; none where the answer fails, because the words filter all the same. */
function usePlaces(text: string, find: FindPlaces): Place[] {
  const [found, setFound] = useState<Place[]>([]);
  useEffect(() => {
    setFound([]);
    const typed = text.trim();
    if (typed.length < SHORTEST) return;
    const abort = new AbortController();
    const ask = async () => {
      try {
        const places = await find(typed, abort.signal);
        if (!abort.signal.aborted) setFound(places);
      } catch (error) {
        if (!isAbort(error) && !(error instanceof Problem)) throw error;
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text]);
  return found;
}

/** Which of the places the arrows have reached, -1 for none: another list begins anew, in the same rendering. */
function useReached(places: Place[]): [number, (index: number) => void] {
  const [reached, setReached] = useState({ places, index: -1 });
  const index = reached.places === places ? reached.index : -1;
  return [index, (next) => setReached({ places, index: Math.max(-1, Math.min(next, places.length - 1)) })];
}

/** "Jalan · Kauman", "Kelurahan · Kec. Pasar Kliwon". */
function aboutPlace({ kind, subkind, area }: Place): string {
  const sort = kind === "area" ? named(words.value.levels, subkind) : named(words.value.placeKinds, kind);
  if (!area) return sort;
  return `${sort} · ${area.level === "kecamatan" ? words.value.shortKecamatan(area.name) : area.name}`;
}

interface PlaceSearchProps {
  class?: string;
  label: string;
  hint: string;
  text: string;
  type: (text: string) => void;
  find: FindPlaces;
  choose: (place: Place) => void;
}

interface OptionProps {
  index: number;
  active: boolean;
  choose: () => void;
  children: ComponentChildren;
}

function Option({ index, active, choose, children }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys for its list
    <div
      id={optionId(index)}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      // The field keeps the focus, so that the list stays until the tap is over.
      onMouseDown={(event) => event.preventDefault()}
      onClick={choose}
    >
      {children}
    </div>
  );
}

/** A field for words with the places of that name below it, as a combobox: arrows, Enter, Escape. */
export function PlaceSearch({ class: more = "", label, hint, text, type, find, choose }: PlaceSearchProps) {
  const places = usePlaces(text, find);
  const [active, setActive] = useReached(places);
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState("");
  const listed = open ? places : [];
  const take = (place: Place) => {
    setOpen(false);
    setShown(place.name);
    choose(place);
  };
  const press = (event: KeyboardEvent) => {
    const chosen = listed[active];
    if (event.key === "Escape" && listed.length > 0) setOpen(false);
    else if (event.key === "ArrowDown") {
      setOpen(true);
      setActive(active + 1);
    } else if (event.key === "ArrowUp") setActive(active - 1);
    else if (event.key === "Enter" && chosen) take(chosen);
    else if (event.key === "Enter") return setOpen(false);
    else return;
    event.preventDefault();
  };
  const typed = (next: string) => {
    setOpen(true);
    setShown("");
    type(next);
  };
  const said = shown ? words.value.placeShown(shown) : "";
  return (
    <div class={`place-search ${more}`}>
      <label class="visually-hidden" for="cari-tempat">
        {label}
      </label>
      <Icon name="search" />
      <input
        id="cari-tempat"
        class="input"
        type="search"
        role="combobox"
        {...NO_DATALIST}
        autocomplete="off"
        aria-autocomplete="list"
        aria-expanded={listed.length > 0}
        aria-controls={LIST}
        aria-activedescendant={listed[active] ? optionId(active) : undefined}
        maxLength={100}
        placeholder={hint}
        value={text}
        onInput={(event) => typed(event.currentTarget.value)}
        onKeyDown={press}
        onBlur={() => setOpen(false)}
      />
      <div id={LIST} role="listbox" aria-label={words.value.places} hidden={listed.length === 0}>
        {listed.map((place, index) => (
          <Option key={optionId(index)} index={index} active={index === active} choose={() => take(place)}>
            <span>{place.name}</span>
            <span class="secondary">{aboutPlace(place)}</span>
          </Option>
        ))}
      </div>
      <p class="visually-hidden" role="status" data-testid="place-said">
        {listed.length > 0 ? words.value.placesFound(listed.length) : said}
      </p>
    </div>
  );
}
