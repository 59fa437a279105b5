import "../../styles/masuk.css";
import { start } from "../start";
import { MasukScreen } from "./MasukScreen";
import { Masuk } from "./state";

const masuk = new Masuk(location);
masuk.start();
start(<MasukScreen masuk={masuk} />);
