import "../../styles/map.css";
import "../../styles/perencana.css";
import { start } from "../start";
import { startPlace } from "./address";
import { PerencanaScreen } from "./PerencanaScreen";
import { PlannerStore } from "./store";

startPlace();
const store = new PlannerStore();
store.start();
start(<PerencanaScreen store={store} />);
