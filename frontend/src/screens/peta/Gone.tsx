import { words as shared } from "../../i18n";
import { words } from "../../i18n/peta";
import { Face } from "../../panels/faces";
import { go, place } from "../../state/place";

/** What the address names is not here: no other try will change that, so the way out is offered instead. */
function Gone({ title, body }: { title: string; body: string }) {
  return (
    <div role="alert">
      <Face icon="map" title={title}>
        <p>{body}</p>
        <button type="button" class="btn" onClick={() => go({ area: null, usulan: null })}>
          {shared.value.wholeCity}
        </button>
      </Face>
    </div>
  );
}

export function GoneUsulan() {
  const { noSuchUsulan, noSuchUsulanBody } = words.value;
  return <Gone title={noSuchUsulan} body={noSuchUsulanBody(place.value.usulan ?? "")} />;
}

export function GoneArea() {
  const { noSuchArea, noSuchAreaBody } = words.value;
  return <Gone title={noSuchArea} body={noSuchAreaBody(place.value.area ?? "")} />;
}
