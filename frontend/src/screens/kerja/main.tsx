import "../../styles/map.css";
import "../../styles/kerja.css";
import { start } from "../start";
import { startPlace } from "./address";
import { KerjaScreen } from "./KerjaScreen";
import { KerjaStore } from "./store";

startPlace();
const store = new KerjaStore(sessionStorage);
store.start();
start(<KerjaScreen store={store} />);
