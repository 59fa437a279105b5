import type { Level } from "../../api/contract";
import { EXTENT, type Shape } from "../../geo/mvt";
import { DREW, type Steps } from "../../geo/steps";
import { trace } from "../draw/surfaces";
import type { Palette } from "../palette";
import { hatch } from "../patterns";
import { GROUND_TILE_PX, type GroundLook, type GroundTile, type Surface } from "./tile";

const WIDTHS: Record<Level, number> = { rt: 0.35, rw: 0.55, kelurahan: 1.15, kecamatan: 2, kota: 2.6 };
const KECAMATAN_DASH = [9, 3, 2, 3];
const INDICATIVE_DASH = [5, 4];
const STREET_ZOOM = 16;
/** Width of the halo on each side of a boundary over an outside map. */
const HALO_PX = 2;
/** Classes let an outside map through so far that its streets can still be made out. */
const CLASS_OPACITY = 0.85;
// Hairlines grow a little where RT are the subject, else they vanish on a bright screen.
const STREET_HAIRLINES: Partial<Record<Level, number>> = { rt: 0.7, rw: 1 };

class Painter {
  constructor(
    readonly context: CanvasRenderingContext2D,
    readonly palette: Palette,
    readonly zoom: number,
  ) {}

  /** Widths and dashes are given in pixels of the screen; the canvas is scaled to tile units. */
  readonly unit = EXTENT / GROUND_TILE_PX;

  fill(shapes: Shape[], colour: string | CanvasPattern): void {
    this.context.beginPath();
    for (const shape of shapes) if (shape.kind === "polygon") trace(this.context, shape.parts);
    this.context.fillStyle = colour;
    this.context.fill("evenodd");
  }

  stroke(lines: Iterable<ArrayLike<number>>, colour: string, widthPx: number, dash: number[] = []): void {
    this.context.beginPath();
    trace(this.context, lines);
    this.context.strokeStyle = colour;
    this.context.lineWidth = widthPx * this.unit;
    this.context.setLineDash(dash.map((length) => length * this.unit));
    this.context.stroke();
    this.context.setLineDash([]);
  }
}

const lines = (shapes: Shape[]) =>
  shapes.filter((shape) => shape.kind === "line").flatMap((shape) => shape.parts);

function ofKind(tile: GroundTile, kind: string): Shape[] {
  return Object.values(tile.base)
    .flat()
    .filter((shape) => shape.tags.kind === kind);
}

const ROAD_PX: Record<string, number> = { main: 2.2, street: 1.2, lane: 0.6 };

/** Road width doubles every one and a half zooms from 14 up; lanes appear from zoom 15. */
function roadWidth(subkind: string, zoom: number): number {
  if (zoom < 15 && subkind === "lane") return 0;
  if (zoom < 13 && subkind !== "main") return 0;
  return (ROAD_PX[subkind] ?? 1) * 2 ** ((zoom - 14) / 1.5);
}

function* drawRoads(painter: Painter, tile: GroundTile): Steps<void> {
  const roads = ofKind(tile, "road");
  const kinds = ["lane", "street", "main"].map((subkind) => ({
    parts: lines(roads.filter((road) => (road.tags.subkind ?? "street") === subkind)),
    width: roadWidth(subkind, painter.zoom),
  }));
  const shown = kinds.filter(({ width }) => width > 0);
  for (const { parts, width } of shown) {
    painter.stroke(parts, painter.palette.casing, width + 2);
    yield DREW;
  }
  for (const { parts, width } of shown) {
    painter.stroke(parts, painter.palette.road, width);
    yield DREW;
  }
}

/**
 * All but the land, over the roads: outside the city they would draw the eye to where nothing can be asked for.
 *
 * One fill; to clip every stroke of a road to the land takes many times as long.
 */
function fillOutside({ context, palette }: Painter, land: Shape[]): void {
  context.beginPath();
  context.rect(0, 0, EXTENT, EXTENT);
  for (const shape of land) if (shape.kind === "polygon") trace(context, shape.parts);
  context.fillStyle = palette.out;
  context.fill("evenodd");
}

function drawRail(painter: Painter, tile: GroundTile): void {
  const rail = lines(ofKind(tile, "rail"));
  painter.stroke(rail, painter.palette.rail, 2.4);
  painter.stroke(rail, painter.palette.land, 1.2, [6, 6]);
}

function drawWater(painter: Painter, tile: GroundTile): void {
  const rivers = ofKind(tile, "river");
  painter.fill(rivers, painter.palette.water);
  painter.stroke(lines(rivers), painter.palette.water, Math.max(2, 3 * 2 ** ((painter.zoom - 14) / 1.5)));
}

function* drawClasses(painter: Painter, shapes: Shape[], classes: ReadonlyMap<string, number>): Steps<void> {
  const groups = new Map<number, Shape[]>();
  for (const shape of shapes) {
    const step = classes.get(String(shape.tags.code)) ?? -1;
    groups.set(step, [...(groups.get(step) ?? []), shape]);
  }
  for (const [step, group] of groups) {
    const colour = painter.palette.need[step];
    painter.fill(group, colour ?? hatch(painter.context, painter.palette, painter.unit));
    if (!colour) continue;
    // A thin stroke of the same colour closes the hairline that antialiasing leaves between neighbours.
    for (const shape of group) painter.stroke(shape.parts, colour, 0.6);
    yield DREW;
  }
}

function drawBorders(painter: Painter, tile: GroundTile, level: Level, look: GroundLook): void {
  const lines = tile.borders[level] ?? [];
  const street = painter.zoom >= STREET_ZOOM;
  const width = (street ? STREET_HAIRLINES[level] : undefined) ?? WIDTHS[level];
  const indicative = look.dashed && street ? INDICATIVE_DASH : [];
  const dash = level === "kecamatan" ? KECAMATAN_DASH : indicative;
  if (look.overBasemap) painter.stroke(lines, painter.palette.surface, width + 2 * HALO_PX);
  painter.stroke(lines, painter.palette.edges[level], width, dash);
}

/** The shapes of the outermost level that the tile holds: together they are the city. */
function landOf(tile: GroundTile, levels: Level[]): Shape[] {
  return levels.map((level) => tile.areas[level] ?? []).find((shapes) => shapes.length > 0) ?? [];
}

/** A surface ends at the city: what a kernel spreads beyond it is no answer about other places. */
function* drawSurface(painter: Painter, tile: GroundTile, surface: Surface, land: Shape[]): Steps<void> {
  if (land.length === 0) return;
  yield* surface(painter.context, tile);
  fillOutside(painter, land);
  yield DREW;
}

/** What the city stands on where no outside map does: land, roads, outside. */
function* drawLand(painter: Painter, tile: GroundTile, land: Shape[]): Steps<void> {
  const { context, palette } = painter;
  context.fillStyle = land.length > 0 ? palette.land : palette.out;
  context.fillRect(0, 0, EXTENT, EXTENT);
  if (land.length === 0) return;
  yield* drawRoads(painter, tile);
  fillOutside(painter, land);
  yield DREW;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const side = GROUND_TILE_PX * ratio;
  canvas.width = side;
  canvas.height = side;
  canvas.style.width = `${GROUND_TILE_PX}px`;
  canvas.style.height = `${GROUND_TILE_PX}px`;
  const context = canvas.getContext("2d");
  context?.scale(side / EXTENT, side / EXTENT);
  return context;
}

/**
 * One ground tile from below: land and roads, classes, water, rail, boundaries.
 *
 * An outside map replaces our own ground.
 */
export function* drawGround(tile: GroundTile, look: GroundLook, levels: Level[]): Steps<HTMLCanvasElement> {
  const canvas = document.createElement("canvas");
  const context = contextOf(canvas);
  if (!context) return canvas;
  context.lineJoin = "round";
  const painter = new Painter(context, look.palette, tile.coords.z);
  const land = landOf(tile, levels);
  if (!look.overBasemap) yield* drawLand(painter, tile, land);
  context.globalAlpha = look.overBasemap ? CLASS_OPACITY : 1;
  if (look.classes) {
    const { classes, fill, sparse } = look;
    const shapes = tile.areas[fill] ?? [];
    const shown = sparse ? shapes.filter(({ tags }) => classes.has(String(tags.code))) : shapes;
    yield* drawClasses(painter, shown, classes);
  }
  if (look.surface) yield* drawSurface(painter, tile, look.surface, land);
  context.globalAlpha = 1;
  if (!look.overBasemap) {
    drawWater(painter, tile);
    yield DREW;
    drawRail(painter, tile);
    yield DREW;
  }
  for (const level of [...levels].reverse()) {
    drawBorders(painter, tile, level, look);
    yield DREW;
  }
  return canvas;
}
