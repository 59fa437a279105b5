import { start } from "../start";
// After the shared sheets, whose plain rules they refine.
import "../../styles/map.css";
import "../../styles/lapor.css";
import "../../styles/lapor-place.css";
import "../../styles/lapor-fields.css";
import "../../styles/lapor-sent.css";
import { LaporScreen } from "./Lapor";
import { Lapor } from "./state";

const asked = new URLSearchParams(location.search);
// An address may ask for an empty form: `?baru`.
const lapor = new Lapor(asked.get("city"), localStorage, () => crypto.randomUUID(), {
  fresh: asked.has("baru"),
});

// Asked before the map's parts, which fill a slow line for seconds: who has no map chooses from this list.
lapor.directory.kelurahan().catch(() => {
  // The list itself asks again, and tells.
});

start(<LaporScreen lapor={lapor} />);
