import { TopBar } from "../../panels/TopBar";
import { start } from "../start";

start(<TopBar />);
