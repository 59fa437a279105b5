import "../../styles/lacak.css";
import { start } from "../start";
import { LacakScreen } from "./LacakScreen";
import { Lacak } from "./state";

const lacak = new Lacak(location, localStorage);
lacak.start();
start(<LacakScreen lacak={lacak} />);
