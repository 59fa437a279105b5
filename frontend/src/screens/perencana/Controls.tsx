import { useState } from "preact/hooks";
import { statsAddress, statsQuery, tableQuery } from "../../api/endpoints";
import { named, words as shared } from "../../i18n";
import { words } from "../../i18n/perencana";
import { Choice } from "../../panels/Choice";
import { Icon } from "../../panels/Icon";
import { narrow } from "../../state/narrow";
import { GROUPS } from "../../state/url";
import { BANDWIDTHS, COUNTED, FORMS, go, PICTURES, type Picture, place } from "./address";
import { showPicture } from "./keys";
import type { PlannerStore } from "./store";
import { Total } from "./Total";

interface StoreProps {
  store: PlannerStore;
}

/** Which truth is shown; on a phone, where one map has room, a switch of two. */
function PictureChoice({ store }: StoreProps) {
  const offered = PICTURES.filter((picture) => !narrow.value || picture !== "sanding");
  const shown: Picture =
    narrow.value && place.value.picture === "sanding" ? "kepadatan" : place.value.picture;
  return (
    <fieldset class="segments picture-choice">
      <legend class="visually-hidden">{words.value.picture}</legend>
      {offered.map((picture) => (
        <button
          key={picture}
          type="button"
          aria-pressed={shown === picture}
          onClick={() => showPicture(store, picture)}
        >
          {words.value.pictures[picture]}
        </button>
      ))}
    </fieldset>
  );
}

function FormChoice() {
  return (
    <Choice
      label={words.value.form}
      value={place.value.form}
      options={FORMS.map((form) => [form, words.value.forms[form]])}
      choose={(value) => {
        const form = FORMS.find((known) => known === value);
        if (form) go({ form });
      }}
    />
  );
}

function BandwidthChoice() {
  const { bandwidthM } = place.value;
  const offered = [...new Set([...BANDWIDTHS, bandwidthM])].sort((a, b) => a - b);
  return (
    <Choice
      label={words.value.bandwidth}
      value={String(bandwidthM)}
      options={offered.map((metres) => [String(metres), words.value.metres(metres)])}
      choose={(value) => go({ bandwidthM: Number(value) })}
    />
  );
}

function LevelChoice({ store }: StoreProps) {
  const offered = COUNTED.filter((level) => !store.missing.value.has(level));
  return (
    <Choice
      label={words.value.level}
      value={store.level.value}
      options={offered.map((level) => [level, shared.value.levels[level]])}
      choose={(value) => {
        const level = COUNTED.find((known) => known === value);
        if (level) go({ level, area: null });
      }}
    />
  );
}

/** One field for bidang and category: each bidang as a whole, and what is in it. */
function GroupChoice({ store }: StoreProps) {
  const { group, category } = place.value;
  const categories = store.categories.value.value ?? [];
  const choose = (value: string) => {
    const whole = GROUPS.filter((known) => known === value);
    go({ group: whole, category: value && whole.length === 0 ? value.split(",") : [] });
  };
  const options = GROUPS.flatMap((code): [string, string][] => [
    [code, named(shared.value.groups, code)],
    ...categories
      .filter((item) => item.group === code)
      .map((item): [string, string] => [item.code, `\u2003${item.name}`]),
  ]);
  return (
    <Choice
      label={words.value.group}
      all={words.value.all}
      value={[...group, ...category].join(",")}
      options={options}
      choose={choose}
    />
  );
}

function Download({ store }: StoreProps) {
  if (store.filter.value === null) return null;
  const query = tableQuery(statsQuery(new URLSearchParams(store.filter.value), store.level.value));
  return (
    <a
      class={narrow.value ? "btn" : "btn btn-icon"}
      href={statsAddress(query)}
      download
      aria-label={words.value.download}
      title={words.value.download}
    >
      <Icon name="download" />
      {narrow.value ? words.value.download : null}
    </a>
  );
}

function Fields({ store }: StoreProps) {
  const density = store.showsDensity.value;
  return (
    <>
      {density ? <FormChoice /> : null}
      {density ? <BandwidthChoice /> : null}
      <LevelChoice store={store} />
      <GroupChoice store={store} />
    </>
  );
}

export function Controls({ store }: StoreProps) {
  const [open, setOpen] = useState(false);
  if (!narrow.value) {
    return (
      <search class="filters planner-controls" aria-label={words.value.settings}>
        <PictureChoice store={store} />
        <Fields store={store} />
        <Total store={store} />
        <Download store={store} />
      </search>
    );
  }
  return (
    <search class="filters planner-controls" aria-label={words.value.settings}>
      <PictureChoice store={store} />
      <button type="button" class="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="filter" />
        {words.value.settingsButton}
      </button>
      {open ? (
        <div class="filters-more">
          <Fields store={store} />
          <Download store={store} />
          <button type="button" class="btn btn-main btn-wide" onClick={() => setOpen(false)}>
            {words.value.showMap}
          </button>
        </div>
      ) : null}
    </search>
  );
}
