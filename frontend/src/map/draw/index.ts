import { type Box, boxAround, boxBeside, TakenBoxes } from "../../geo/boxes";
import { tileFrame, toUnit } from "../../geo/mercator";
import { EXTENT } from "../../geo/mvt";
import type { Target } from "../../geo/pick";
import { DREW, type Steps } from "../../geo/steps";
import { piecesOf, visibleAreas } from "../areas";
import type { Drawing } from "../overlay";
import type { Palette } from "../palette";
import type { ChosenUsulan, Picked, Scene } from "../scene";
import type { GroundTile } from "../tiles/tile";
import type { Plate } from "../tiles/usulan";
import { drawAreaLabels, drawLandmarks, LabelWriter, type Landmark, type TextWidths } from "./labels";
import { drawSurfaces, type SurfaceLook } from "./surfaces";
import { drawChosen, drawPlate, plateSize } from "./symbols";

const LANDMARK_ZOOM = 16;

/** All that one drawing over the tiles needs. */
export interface Picture {
  scene: Scene;
  palette: Palette;
  widths: TextWidths;
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

/** Areas that share a look. */
interface Surfaces {
  codes: string[];
  look: SurfaceLook;
}

/** What lies under the symbols: surfaces of private needs, the area pointed at, the ground of the chosen one. */
function surfacesUnder({
  scene,
  palette,
  plates,
}: Pick<Picture, "scene" | "palette" | "plates">): Surfaces[] {
  const { land: halo, plan } = palette;
  const needColour = palette.bidang.KP;
  const outline = { line: needColour, widthPx: 1.5, halo };
  // Over classes only the outline: dots would change the colour that the reader compares.
  const privately = scene.classes ? { outline } : { dotted: needColour, outline };
  const chosenNeed = scene.chosenUsulan?.area ?? null;
  // A need that had to move up to its kelurahan has a plate only: dots over whole kelurahan would cover the city.
  const inRw = plates.map((plate) => plate.area).filter((code) => code.includes("-"));
  const needs = new Set([...inRw, ...(chosenNeed ? [chosenNeed] : [])]);
  const pointed = scene.pointedArea !== scene.chosenArea ? scene.pointedArea : null;
  // The outline of the chosen area lies over the symbols; over classes its ground keeps their colour.
  const chosen = scene.classes ? null : scene.chosenArea;
  const all: Surfaces[] = [
    { codes: [...needs], look: privately },
    { codes: pointed ? [pointed] : [], look: { outline: { line: plan, widthPx: 1.5, halo } } },
    { codes: chosen ? [chosen] : [], look: { fill: palette.planTint } },
  ];
  return all.filter(({ codes }) => codes.length > 0);
}

export const isUnderEmpty = (picture: Pick<Picture, "scene" | "palette" | "plates">): boolean =>
  surfacesUnder(picture).length === 0;

export function* drawUnder(drawing: Drawing, picture: Picture): Steps<void> {
  for (const { codes, look } of surfacesUnder(picture)) {
    drawSurfaces(drawing, picture.tiles, codes, look);
    yield DREW;
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
  const placed = new TakenBoxes();
  const all = plates.map((plate) => {
    const at = drawing.place(plate);
    const number = scene.formatCount(plate.count);
    const full = scene.plateText(plate.count, nameIn(tiles, plate.area) ?? scene.areaName(plate.area));
    const fullSize = plateSize(context, full);
    const fullBox = boxAround(at.x, at.y, fullSize.width, fullSize.height);
    const roomy = drawing.zoom >= PLATE_ZOOM && !placed.meets(fullBox);
    const text = roomy ? full : number;
    const { width, height } = plateSize(context, text);
    const box = roomy ? fullBox : boxBeside(placed, at, width, height);
    placed.add(box);
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

/**
 * What lies over the symbols: the outline of the chosen area, labels in the ground between, plates, rings.
 *
 * Hands over the plates to point at.
 */
export function* drawOver(
  drawing: Drawing,
  picture: Picture,
  done: (plates: DrawnTarget[]) => void,
): Steps<void> {
  const { scene, palette, widths, tiles } = picture;
  const plates = placePlates(drawing, picture);
  if (scene.chosenArea) {
    const outline = { line: palette.plan, halo: palette.land, widthPx: 3.5 };
    drawSurfaces(drawing, tiles, [scene.chosenArea], { outline });
    yield DREW;
  }
  const ground = labelGround(picture.covered, plates);
  yield;
  const areas = visibleAreas(tiles, scene.fill);
  yield;
  const writer = new LabelWriter(drawing.context, { halo: palette.land, taken: ground, widths });
  yield* drawAreaLabels(drawing, palette, writer, areas);
  if (drawing.zoom >= LANDMARK_ZOOM) yield* drawLandmarks(drawing, palette, writer, landmarksOf(tiles));
  for (const { text, box } of plates) {
    drawPlate(drawing.context, palette, text, middle(box));
    yield DREW;
  }
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
