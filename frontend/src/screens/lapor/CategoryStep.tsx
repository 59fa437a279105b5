import { useSignal } from "@preact/signals";
import type { Category, Group } from "../../api/contract";
import { words as common } from "../../i18n";
import { words } from "../../i18n/lapor";
import { CategoryIcon } from "../../icons/CategoryIcon";
import { Bidang } from "../../panels/Bidang";
import { Failed, SkeletonRows } from "../../panels/faces";
import { Icon } from "../../panels/Icon";
import { findCategories } from "../../search/categories";
import { FaultLine, faultAt, faultAttributes, idOf } from "./Faults";
import type { Lapor } from "./state";

const GROUPS: Group[] = ["SP", "KP", "SB", "EK"];
const MOST_WORDS = 3;

export const unitWords = (category: Category): string[] =>
  category.units.map((unit) => common.value.unit(unit));

/** What the public will see of the place of a private need; nothing for the others. */
export function HiddenPlace({ category }: { category: Category | null }) {
  if (!category || category.precision === "exact") return null;
  return (
    <div class="notice notice-plan" role="status">
      <Icon name="lock" />
      <p>
        <b>{words.value.hiddenTitle}</b>{" "}
        {category.precision === "rw" ? words.value.hiddenRw : words.value.hiddenCount}
      </p>
    </div>
  );
}

function Search({ lapor, query, typed }: { lapor: Lapor; query: string; typed: (text: string) => void }) {
  return (
    <div class="category-search">
      <label class="visually-hidden" for={idOf("category")}>
        {words.value.searchLabel}
      </label>
      <Icon name="search" />
      <input
        id={idOf("category")}
        class="input"
        type="search"
        autocomplete="off"
        enterkeyhint="search"
        placeholder={words.value.searchHint}
        value={query}
        onInput={(event) => typed(event.currentTarget.value)}
        {...faultAttributes(faultAt(lapor, "category"))}
      />
      {query ? (
        <button
          type="button"
          class="btn btn-icon btn-bare"
          aria-label={words.value.clear}
          onClick={() => typed("")}
        >
          <Icon name="close" />
        </button>
      ) : null}
    </div>
  );
}

function Row({ lapor, category }: { lapor: Lapor; category: Category }) {
  const chosen = lapor.draft.value.category === category.code;
  const also = category.synonyms.slice(0, MOST_WORDS).join(", ");
  return (
    <label class={chosen ? "category-row chosen" : "category-row"}>
      <input type="radio" name="kategori" checked={chosen} onChange={() => lapor.chooseCategory(category)} />
      <span class={`category-picture group-${category.group}`}>
        <CategoryIcon code={category.code} />
      </span>
      <span class="category-words">
        <span class="title-group">{category.name}</span>
        <span class="secondary">
          {also}. <span class="category-units">{words.value.unitIs(unitWords(category))}</span>
        </span>
      </span>
      {chosen ? <Icon name="check" /> : null}
    </label>
  );
}

function Groups({ group, choose }: { group: Group | null; choose: (group: Group) => void }) {
  return (
    <fieldset class="groups">
      <legend class="title-group">{words.value.orGroup}</legend>
      {GROUPS.map((each) => (
        <button
          type="button"
          class="btn"
          key={each}
          aria-pressed={group === each}
          onClick={() => choose(each)}
        >
          <Bidang group={each} />
          {common.value.groups[each]}
        </button>
      ))}
    </fieldset>
  );
}

/** What is listed: the answers to the words, else the chosen bidang, else only what is chosen already. */
function listed(
  categories: Category[],
  query: string,
  group: Group | null,
  chosen: string | null,
): Category[] {
  const found = findCategories(query, categories).map(({ category }) => category);
  if (query.trim().length > 1) return found;
  if (group) return categories.filter((category) => category.group === group);
  return categories.filter(({ code }) => code === chosen);
}

function CategoryList({ lapor, categories }: { lapor: Lapor; categories: Category[] }) {
  const query = useSignal("");
  const group = useSignal<Group | null>(null);
  const asked = query.value.trim().length > 1;
  const rows = listed(categories, query.value, group.value, lapor.draft.value.category);
  const typed = (text: string) => {
    query.value = text;
    group.value = null;
  };
  const choose = (chosen: Group) => {
    query.value = "";
    group.value = group.value === chosen ? null : chosen;
  };
  return (
    <>
      <Search lapor={lapor} query={query.value} typed={typed} />
      <FaultLine fault={faultAt(lapor, "category")} />
      <p class={asked ? "secondary" : "visually-hidden"} role="status">
        {asked ? words.value.matches(rows.length) : null}{" "}
        {asked && rows.length === 0 ? words.value.noMatch : null}
      </p>
      {asked ? null : <Groups group={group.value} choose={choose} />}
      <div class="category-rows" role="radiogroup" aria-label={words.value.what}>
        {rows.map((category) => (
          <div key={category.code}>
            <Row lapor={lapor} category={category} />
            {category === lapor.category.value ? <HiddenPlace category={category} /> : null}
          </div>
        ))}
      </div>
      {asked ? <Groups group={group.value} choose={choose} /> : null}
    </>
  );
}

export function CategoryStep({ lapor }: { lapor: Lapor }) {
  const categories = lapor.categories.value;
  if (lapor.categoriesFailure.value) {
    return (
      <Failed
        title={words.value.categoriesFailed}
        still={words.value.categoriesStill}
        error={lapor.categoriesFailure.value}
        retry={() => void lapor.loadCategories()}
      />
    );
  }
  if (!categories) return <SkeletonRows />;
  return <CategoryList lapor={lapor} categories={categories} />;
}
