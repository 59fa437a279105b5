import { request, tell } from "./client";
import type { ApiKey, Field, Invited, Notices, Officer, RoleKind, ToldKey } from "./contract";

const at = (path: string, city?: string): string =>
  city ? `/api/v1/staff${path}?${new URLSearchParams({ city })}` : `/api/v1/staff${path}`;

export async function readKeys(signal: AbortSignal): Promise<ApiKey[]> {
  return (await request<{ keys: ApiKey[] }>(at("/keys"), { signal })).keys;
}

export interface KeyWish {
  name: string;
  scopes: readonly string[];
  days: number;
}

/** A new key; nobody is told it again. */
export function addKey(body: KeyWish): Promise<ToldKey> {
  return request(at("/keys"), { method: "POST", body });
}

export function endKey(id: string): Promise<void> {
  return tell(at(`/keys/${encodeURIComponent(id)}`), { method: "DELETE" });
}

/** Every role there is, and what it is given for. */
export async function readRoles(signal: AbortSignal): Promise<RoleKind[]> {
  return (await request<{ roles: RoleKind[] }>(at("/roles"), { signal })).roles;
}

/** Every field of government by which a role may be limited. */
export async function readFields(signal: AbortSignal): Promise<Field[]> {
  return (await request<{ fields: Field[] }>(at("/fields"), { signal })).fields;
}

/** Whoever has a role in a city. */
export async function readOfficers(city: string, signal: AbortSignal): Promise<Officer[]> {
  return (await request<{ accounts: Officer[] }>(at("/accounts", city), { signal })).accounts;
}

export interface RoleWish {
  email: string;
  name: string;
  role: string;
  area: string | null;
  fields: string[];
  until: string | null;
}

/** Gives somebody a role; who has no account yet is invited. */
export function giveRole(city: string, body: RoleWish): Promise<Invited> {
  return request(at("/accounts", city), { method: "POST", body });
}

/** A new link for somebody, whose password and sign-ins end. */
export function resetOfficer(city: string, email: string): Promise<Invited> {
  return request(at("/accounts/reset", city), { method: "POST", body: { email } });
}

export function closeAccount(city: string, email: string): Promise<void> {
  return tell(at("/accounts/disable", city), { method: "POST", body: { email } });
}

/** Takes a role back; it permits nothing from then on, and stays on record with the reason. */
export function endRole(city: string, id: string, reason: string): Promise<void> {
  return tell(at(`/accounts/roles/${encodeURIComponent(id)}/end`, city), {
    method: "POST",
    body: { reason },
  });
}

/** What was told by e-mail in a city, and what could not be. */
export function readNotices(city: string, signal: AbortSignal): Promise<Notices> {
  return request(at("/notices", city), { signal });
}
