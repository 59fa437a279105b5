import { Address } from "../../state/address";
import { addressText, type MapPlace } from "../../state/url";

/** Which load is open, in which city; a reload comes back to it. */
export interface MuatPlace {
  city: string | null;
  load: string | null;
  map: MapPlace | null;
}

const EMPTY_PLACE: MuatPlace = { city: null, load: null, map: null };
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function readMuatPlace(search: string): MuatPlace {
  const query = new URLSearchParams(search);
  const load = query.get("muatan");
  return { ...EMPTY_PLACE, city: query.get("city"), load: load && ID.test(load) ? load : null };
}

const write = ({ city, load }: MuatPlace): string =>
  addressText([
    ["city", city],
    ["muatan", load],
  ]);

const address = new Address({ empty: EMPTY_PLACE, read: readMuatPlace, write });

export const { place, go } = address;

export const startPlace = (): void => address.start();
