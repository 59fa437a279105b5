import "../../styles/map.css";
import "../../styles/peta.css";
import { startPlace } from "../../state/place";
import { start } from "../start";
import { PetaScreen } from "./PetaScreen";
import { PetaStore } from "./store";

startPlace();
const store = new PetaStore();
store.start();
start(<PetaScreen store={store} />);
