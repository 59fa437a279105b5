import { type Box, boxAround, overlaps, TakenBoxes } from "../../geo/boxes";
import { tileFrame, toUnit } from "../../geo/mercator";
import { EXTENT } from "../../geo/mvt";
import type { Target } from "../../geo/pick";
import type { Steps } from "../../geo/steps";
import { piecesOf, visibleAreas } from "../areas";
import type { Drawing } from "../overlay";
import type { Palette } from "../palette";
import type { ChosenUsulan, Picked, Scene } from "../scene";
import type { GroundTile } from "../tiles/ground";
import type { Plate } from "../tiles/usulan";
import { drawAreaLabels, drawLandmarks, type Landmark } from "./labels";
import { drawSurfaces } from "./surfaces";
import { drawChosen, drawPlate, plateSize } from "./symbols";

const LANDMARK_ZOOM = 16;

/** All that one drawing over the tiles needs. */
export interface Picture {
  scene: Scene;
  palette: Palette;
  tiles: GroundTile[];
  plates: Plate[];
  /** True where a symbol of an usulan stands, in pixels of the canvas. */
  covered: (box: Box) => boolean;
}

export type DrawnTarget = Target<Picked>;

/** A plate and the ground that it takes from labels. */
interface PlacedPlate {
  plate: Plate;
  box: Box;
  text: string;
}

export function landmarksOf(tiles: GroundTile[]): Landmark[] {
  return tiles.flatMap((tile) => {
    const { west, north, side } = tileFrame({ ...tile.coords, z: tile.coords.z - 1 });
    return Object.values(tile.base)
      .flat()
      .filter((shape) => shape.kind === "point" && shape.tags.name)
      .map((shape) => ({
        name: String(shape.tags.name),
        x: west + ((shape.parts[0]?.[0] ?? 0) / EXTENT) * side,
        y: north + ((shape.parts[0]?.[1] ?? 0) / EXTENT) * side,
      }));
  });
}

/** What lies under the symbols: surfaces of private needs, the area pointed at and the chosen one. */
export function* drawUnder(drawing: Drawing, { scene, palette, tiles, plates }: Picture): Steps<void> {
  const halo = palette.land;
  const line = palette.bidang.KP;
  // Over classes only the outline: dots would change the colour that the reader compares.
  const privately = scene.classes ? { line, widthPx: 1.5, halo } : { dotted: line, line, widthPx: 1.5, halo };
  const chosenNeed = scene.chosenUsulan?.area ?? null;
  // A need that had to move up to its kelurahan has a plate only: dots over whole kelurahan would cover the city.
  const inRw = plates.map((plate) => plate.area).filter((code) => code.includes("-"));
  const needs = new Set([...inRw, ...(chosenNeed ? [chosenNeed] : [])]);
  yield drawSurfaces(drawing, tiles, needs, privately);
  if (scene.pointedArea && scene.pointedArea !== scene.chosenArea) {
    yield drawSurfaces(drawing, tiles, [scene.pointedArea], { line: palette.plan, halo, widthPx: 1.5 });
  }
  if (scene.chosenArea) {
    const tint = scene.classes ? {} : { fill: palette.planTint };
    drawSurfaces(drawing, tiles, [scene.chosenArea], { ...tint, line: palette.plan, halo, widthPx: 3.5 });
  }
}

/** True for what the canvas shows; tiles reach beyond it. */
function isOnCanvas({ width, height }: Drawing, { left, top, right, bottom }: Box): boolean {
  return right > 0 && bottom > 0 && left < width && top < height;
}

/** The name that the tiles give an area; the page knows only those of the level that it counts. */
function nameIn(tiles: GroundTile[], code: string): string | null {
  return piecesOf(tiles, code)[0]?.piece.name || null;
}

/** Plates with their words from this zoom; closer to the city they would hide it, and only their number shows. */
const PLATE_ZOOM = 16;

function placePlates(drawing: Drawing, { scene, tiles, plates }: Picture): PlacedPlate[] {
  const { context } = drawing;
  const placed: Box[] = [];
  const all = plates.map((plate) => {
    const at = drawing.place(plate);
    const number = scene.formatCount(plate.count);
    const full = scene.plateText(plate.count, nameIn(tiles, plate.area) ?? scene.areaName(plate.area));
    const fullSize = plateSize(context, full);
    const fullBox = boxAround(at.x, at.y, fullSize.width, fullSize.height);
    const roomy = drawing.zoom >= PLATE_ZOOM && !placed.some((box) => overlaps(box, fullBox));
    const text = roomy ? full : number;
    const { width, height } = plateSize(context, text);
    const box = boxAround(at.x, at.y, width, height);
    placed.push(box);
    return { plate, box, text };
  });
  return all.filter(({ box }) => isOnCanvas(drawing, box));
}

function drawRing(drawing: Drawing, palette: Palette, chosen: ChosenUsulan | null): void {
  if (!chosen?.position || chosen.area) return;
  drawChosen(drawing.context, palette, chosen.group, drawing.place(toUnit(chosen.position)));
}

/** Ground for labels between symbols, plates and each other. */
function labelGround(covered: Picture["covered"], plates: PlacedPlate[]) {
  const boxes = new TakenBoxes();
  for (const { box } of plates) boxes.add(box);
  return {
    add: (box: Box) => boxes.add(box),
    meets: (box: Box) => boxes.meets(box) || covered(box),
  };
}

const middle = ({ left, right, top, bottom }: Box) => ({ x: (left + right) / 2, y: (top + bottom) / 2 });

/** What lies over the symbols: labels in the ground between them, plates, rings; hands over the plates to point at. */
export function* drawOver(
  drawing: Drawing,
  picture: Picture,
  done: (plates: DrawnTarget[]) => void,
): Steps<void> {
  const { scene, palette, tiles } = picture;
  const plates = placePlates(drawing, picture);
  const ground = labelGround(picture.covered, plates);
  yield;
  const areas = visibleAreas(tiles, scene.fill);
  yield;
  yield* drawAreaLabels(drawing, palette, ground, areas);
  if (drawing.zoom >= LANDMARK_ZOOM) yield* drawLandmarks(drawing, palette, ground, landmarksOf(tiles));
  for (const { text, box } of plates) yield drawPlate(drawing.context, palette, text, middle(box));
  drawRing(drawing, palette, scene.pointedUsulan);
  drawRing(drawing, palette, scene.chosenUsulan);
  done(
    plates.map(({ plate, box }) => {
      const { x, y } = middle(box);
      const at = { x: x - drawing.origin.x, y: y - drawing.origin.y };
      return { ...at, radius: (box.right - box.left) / 2, item: { kind: "plate", plate } };
    }),
  );
}
