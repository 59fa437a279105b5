// Leaflet by its source modules: only what the pages use, half the size of the whole library.
import "leaflet/src/map/handler/Map.DoubleClickZoom.js";
import "leaflet/src/map/handler/Map.Drag.js";
import "leaflet/src/map/handler/Map.ScrollWheelZoom.js";
import "leaflet/src/map/handler/Map.TouchZoom.js";

export * as DomUtil from "leaflet/src/dom/DomUtil.js";
export { Layer } from "leaflet/src/layer/Layer.js";
export { GridLayer } from "leaflet/src/layer/tile/GridLayer.js";
export { TileLayer } from "leaflet/src/layer/tile/TileLayer.js";
export { Map as LeafletMap } from "leaflet/src/map/Map.js";
