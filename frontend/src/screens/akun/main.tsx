import "../../styles/akun.css";
import { start } from "../start";
import { AkunScreen } from "./AkunScreen";
import { Akun } from "./state";

const akun = new Akun(location);
akun.start();
start(<AkunScreen akun={akun} />);
