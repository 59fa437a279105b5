import { start } from "../start";
// After the shared sheets, whose plain rules they refine.
import "../../styles/map.css";
import "../../styles/lapor.css";
import "../../styles/lapor-place.css";
import "../../styles/lapor-fields.css";
import "../../styles/lapor-sent.css";
import { LaporScreen } from "./Lapor";
import { Lapor } from "./state";

const city = new URLSearchParams(location.search).get("city");
const lapor = new Lapor(city, localStorage, () => crypto.randomUUID());

// Asked before the map's parts, which fill a slow line for seconds: who has no map chooses from this list.
lapor.directory.kelurahan().catch(() => {
  // The list itself asks again, and tells.
});

start(<LaporScreen lapor={lapor} />);
