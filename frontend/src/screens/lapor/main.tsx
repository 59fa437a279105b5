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

start(<LaporScreen lapor={lapor} />);
