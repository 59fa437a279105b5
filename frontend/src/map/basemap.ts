import type { Basemap } from "../api/contract";
import { MAX_ZOOM } from "./frame";
import { TileLayer } from "./leaflet";

/** How much of the outside map is there: what is missing of it, our own ground must show. */
export type BasemapState = "waiting" | "shown" | "partial" | "failed";

/** The outside map of an installation, beneath everything that is ours; its muting is in the style sheet. */
export class BasemapLayer extends TileLayer {
  private arrived = 0;
  private lost = 0;

  constructor(
    readonly source: Basemap,
    private readonly told: (state: BasemapState) => void,
  ) {
    super(source.url, { className: "basemap", opacity: 0.8, zIndex: 1, maxZoom: MAX_ZOOM });
    this.on("loading", () => {
      this.arrived = 0;
      this.lost = 0;
    });
    this.on("tileload", () => {
      this.arrived += 1;
    });
    this.on("tileerror", () => {
      this.lost += 1;
    });
    this.on("load", () => this.judge());
  }

  private judge(): void {
    if (this.lost === 0) this.told("shown");
    else this.told(this.lost < this.arrived ? "partial" : "failed");
  }
}
