/** Where nobody is sent after signing in: signing in itself, and what programs read. */
const NO_PAGE = /^\/(masuk|api|tiles)(\/|$)/;

/** The path of one of our own pages that an address asks for; null for whatever leads anywhere else. */
export function ownPath(asked: string | null, origin: string): string | null {
  if (!asked?.startsWith("/")) return null;
  let address: URL;
  try {
    address = new URL(asked, origin);
  } catch {
    return null;
  }
  // A browser reads "//other.example" and "/\other.example" as another host.
  if (address.origin !== origin || NO_PAGE.test(address.pathname)) return null;
  return `${address.pathname}${address.search}${address.hash}`;
}

/** The page where a tracking code stands behind `#`: in a query, servers would write it down. */
const SECRET_HASH = "/lacak";

/** The page on which one signs in, and comes back from to where one is now. */
export function signInAddress(now: Pick<Location, "pathname" | "search" | "hash">): string {
  const hash = now.pathname === SECRET_HASH ? "" : now.hash;
  return `/masuk?ke=${encodeURIComponent(`${now.pathname}${now.search}${hash}`)}`;
}
