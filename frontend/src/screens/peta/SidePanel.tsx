import { place } from "../../state/place";
import { AreaPanel } from "./AreaPanel";
import type { PetaStore } from "./store";
import { UsulanPanel } from "./UsulanPanel";

/** One usulan when one is chosen, else the chosen area, else the whole city. */
export function SidePanel({ store }: { store: PetaStore }) {
  return place.value.usulan ? <UsulanPanel store={store} /> : <AreaPanel store={store} />;
}
