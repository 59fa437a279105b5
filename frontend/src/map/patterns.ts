import type { Palette } from "./palette";

function patternOf(
  context: CanvasRenderingContext2D,
  sidePx: number,
  draw: (pattern: CanvasRenderingContext2D) => void,
  unit: number,
): CanvasPattern | string {
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const tile = document.createElement("canvas");
  tile.width = sidePx * ratio;
  tile.height = sidePx * ratio;
  const pattern = tile.getContext("2d");
  if (!pattern) return "transparent";
  pattern.scale(ratio, ratio);
  draw(pattern);
  const result = context.createPattern(tile, "repeat");
  result?.setTransform(new DOMMatrix().scale(unit / ratio));
  return result ?? "transparent";
}

/** Thin data: 45 degree grey hatch on grey. `unit` is canvas units per CSS pixel. */
export function hatch(
  context: CanvasRenderingContext2D,
  palette: Palette,
  unit: number,
): CanvasPattern | string {
  const side = 8;
  return patternOf(
    context,
    side,
    (pattern) => {
      pattern.fillStyle = palette.casing;
      pattern.fillRect(0, 0, side, side);
      pattern.strokeStyle = palette.thin;
      pattern.lineWidth = 1.2;
      pattern.beginPath();
      for (const shift of [-side, 0, side]) {
        pattern.moveTo(shift - 1, side + 1);
        pattern.lineTo(shift + side + 1, -1);
      }
      pattern.stroke();
    },
    unit,
  );
}

/** Private needs: dots over the whole public area. */
export function dots(
  context: CanvasRenderingContext2D,
  colour: string,
  unit: number,
): CanvasPattern | string {
  const side = 10;
  return patternOf(
    context,
    side,
    (pattern) => {
      pattern.fillStyle = colour;
      pattern.beginPath();
      pattern.arc(2.5, 2.5, 1.4, 0, 2 * Math.PI);
      pattern.arc(7.5, 7.5, 1.4, 0, 2 * Math.PI);
      pattern.fill();
    },
    unit,
  );
}
