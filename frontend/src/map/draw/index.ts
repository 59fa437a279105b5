import { type Box, boxAround, overlaps, TakenBoxes } from "../../geo/boxes";
import { cellRadius, circlePlace } from "../../geo/cells";
import { tileFrame, toPosition, toUnit } from "../../geo/mercator";
import { EXTENT } from "../../geo/mvt";
import type { Target } from "../../geo/pick";
import { piecesOf, visibleAreas } from "../areas";
import type { Drawing } from "../overlay";
import type { Palette } from "../palette";
import type { ChosenUsulan, Picked, Scene } from "../scene";
import type { GroundTile } from "../tiles/ground";
import { SINGLE_ZOOM, type Snapshot } from "../tiles/points";
import { drawAreaLabels, drawLandmarks, type Landmark } from "./labels";
import type { SingleSymbols } from "./singles";
import { drawSurfaces } from "./surfaces";
import { drawCell, drawChosen, drawPlate, plateSize } from "./symbols";

const LANDMARK_ZOOM = 16;

/** All that one drawing of the overlay needs. */
export interface Picture {
  scene: Scene;
  palette: Palette;
  tiles: GroundTile[];
  usulan: Snapshot;
  symbols: SingleSymbols;
}

export type DrawnTarget = Target<Picked>;

/** A drawn thing and the place it takes from labels. */
interface Drawn {
  target: DrawnTarget;
  box: Box;
  draw: () => void;
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

function drawAreas(drawing: Drawing, { scene, palette, tiles, usulan }: Picture): void {
  const halo = palette.land;
  const line = palette.bidang.KP;
  // Over classes only the outline: dots would change the colour that the reader compares.
  const privately = scene.classes ? { line, widthPx: 1.5, halo } : { dotted: line, line, widthPx: 1.5, halo };
  const chosenNeed = scene.chosenUsulan?.area ?? null;
  // A need that had to move up to its kelurahan has a plate only: dots over whole kelurahan would cover the city.
  const inRw = usulan.plates.map((plate) => plate.area).filter((code) => code.includes("-"));
  const needs = new Set([...inRw, ...(chosenNeed ? [chosenNeed] : [])]);
  drawSurfaces(drawing, tiles, needs, privately);
  if (scene.pointedArea && scene.pointedArea !== scene.chosenArea) {
    drawSurfaces(drawing, tiles, [scene.pointedArea], { line: palette.plan, halo, widthPx: 1.5 });
  }
  if (scene.chosenArea) {
    const tint = scene.classes ? {} : { fill: palette.planTint };
    drawSurfaces(drawing, tiles, [scene.chosenArea], { ...tint, line: palette.plan, halo, widthPx: 3.5 });
  }
}

/** Cells are the picture of `petak` only; from the single zoom those left over by a full tile always show. */
function cellsOf(drawing: Drawing, { scene, palette, usulan }: Picture): Drawn[] {
  if (scene.mode !== "petak" && usulan.zoom < SINGLE_ZOOM) return [];
  return usulan.cells.map((cell) => {
    const at = drawing.place(circlePlace(cell, usulan.zoom));
    const radius = cellRadius(cell.count);
    const item: Picked = { kind: "cell", count: cell.count, position: toPosition(cell) };
    return {
      target: { ...at, radius, item },
      box: boxAround(at.x, at.y, 2 * radius + 2, 2 * radius + 2),
      draw: () => drawCell(drawing.context, palette, cell, at, scene.formatCount(cell.count)),
    };
  });
}

/** Where single usulan are; their symbols are drawn all at once. */
function singlesOf(drawing: Drawing, { usulan }: Picture): Omit<Drawn, "draw">[] {
  return usulan.singles.map((single) => {
    const at = drawing.place(single);
    return {
      target: { ...at, radius: 8, item: { kind: "usulan", single } },
      box: boxAround(at.x, at.y, 14, 14),
    };
  });
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

function platesOf(drawing: Drawing, { scene, palette, tiles, usulan }: Picture): Drawn[] {
  const { context } = drawing;
  const placed: Box[] = [];
  return usulan.plates.map((plate) => {
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
    return {
      target: { ...at, radius: width / 2, item: { kind: "plate", plate } },
      box,
      draw: () => drawPlate(context, palette, text, at),
    };
  });
}

function drawRing(drawing: Drawing, palette: Palette, chosen: ChosenUsulan | null): void {
  if (!chosen?.position || chosen.area) return;
  drawChosen(drawing.context, palette, chosen.group, drawing.place(toUnit(chosen.position)));
}

/** Draws the overlay from below: selection, labels, symbols; the result is what can be pointed at. */
export function drawPicture(drawing: Drawing, picture: Picture): DrawnTarget[] {
  const { scene, palette, tiles, usulan, symbols } = picture;
  drawing.context.clearRect(0, 0, drawing.width, drawing.height);
  drawAreas(drawing, picture);
  const onCanvas = ({ box }: { box: Box }) => isOnCanvas(drawing, box);
  const cells = cellsOf(drawing, picture).filter(onCanvas);
  const singles = singlesOf(drawing, picture).filter(onCanvas);
  const plates = platesOf(drawing, picture).filter(onCanvas);
  const drawn = [...cells, ...singles, ...plates];
  const taken = new TakenBoxes();
  for (const { box } of drawn) taken.add(box);
  drawAreaLabels(drawing, palette, taken, visibleAreas(tiles, scene.fill));
  if (drawing.zoom >= LANDMARK_ZOOM) drawLandmarks(drawing, palette, taken, landmarksOf(tiles));
  for (const { draw } of cells) draw();
  symbols.draw(drawing, usulan.singles, palette, scene.groups);
  for (const { draw } of plates) draw();
  drawRing(drawing, palette, scene.pointedUsulan);
  drawRing(drawing, palette, scene.chosenUsulan);
  return drawn.map(({ target }) => target);
}
