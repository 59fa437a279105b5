import "../styles/index.css";
import { type ComponentChild, render } from "preact";
import { startLanguage } from "../state/language";
import { startOnline } from "../state/online";
import { startTheme } from "../state/theme";

/** Starts what every page shares (theme, language, network state) and draws the screen into `#app`. */
export function start(screen: ComponentChild): void {
  startTheme();
  startLanguage();
  startOnline();
  const root = document.getElementById("app");
  if (root) render(screen, root);
}
