import { Address } from "./address";
import { EMPTY_PLACE, readPlace, writePlace } from "./url";

const address = new Address({ empty: EMPTY_PLACE, read: readPlace, write: writePlace });

/** Where the reader of the map page is. */
export const { place, go, adjust, keepView } = address;

export const startPlace = (): void => address.start();
