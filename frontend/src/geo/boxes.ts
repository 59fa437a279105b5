/** A box on the screen in pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function boxAround(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

export function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

const CELL_PX = 64;

/** Boxes that are taken, found by where they are: thousands of symbols each cost every label a comparison otherwise. */
export class TakenBoxes {
  private readonly cells = new Map<string, Box[]>();

  add(box: Box): void {
    for (const name of this.cellsOf(box)) {
      const cell = this.cells.get(name);
      if (cell) cell.push(box);
      else this.cells.set(name, [box]);
    }
  }

  meets(box: Box): boolean {
    return this.cellsOf(box).some((name) => this.cells.get(name)?.some((other) => overlaps(other, box)));
  }

  private cellsOf({ left, top, right, bottom }: Box): string[] {
    const names: string[] = [];
    for (let x = Math.floor(left / CELL_PX); x * CELL_PX < right; x++) {
      for (let y = Math.floor(top / CELL_PX); y * CELL_PX < bottom; y++) names.push(`${x} ${y}`);
    }
    return names;
  }
}

/** Whatever knows which ground is taken. */
export interface Taken {
  meets: (box: Box) => boolean;
}

/** The first of the places at which the box meets none of the taken ones; null when every place is taken. */
export function freePlace(
  taken: Taken,
  places: readonly { x: number; y: number }[],
  width: number,
  height: number,
): { x: number; y: number } | null {
  return places.find(({ x, y }) => !taken.meets(boxAround(x, y, width, height))) ?? null;
}

/** Between two boxes that had to make room for each other. */
const GAP_PX = 2;

/** A box around a place, or the first beside it that meets none of the taken ones; around the place where all do. */
export function boxBeside(
  taken: Taken,
  { x, y }: { x: number; y: number },
  width: number,
  height: number,
): Box {
  const [right, down] = [width + GAP_PX, height + GAP_PX];
  const ways = [
    [0, 0],
    [0, -down],
    [0, down],
    [-right, 0],
    [right, 0],
  ];
  const places = ways.map(([across = 0, along = 0]) => ({ x: x + across, y: y + along }));
  const free = freePlace(taken, places, width, height) ?? { x, y };
  return boxAround(free.x, free.y, width, height);
}
