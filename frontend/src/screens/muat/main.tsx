import "../../styles/map.css";
import "../../styles/muat.css";
import { start } from "../start";
import { startPlace } from "./address";
import { MuatScreen } from "./MuatScreen";
import { MuatStore } from "./store";

startPlace();
const store = new MuatStore();
store.start();
start(<MuatScreen store={store} />);
