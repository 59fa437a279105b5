import type { Me } from "../api/contract";

const ADMINISTRATORS = new Set(["admin_kota", "admin_instalasi"]);

/** Whether somebody is one of those who run the installation, and whom a command helps. */
export const isAdministrator = (who: Me | null | undefined): boolean =>
  who?.roles.some(({ role }) => ADMINISTRATORS.has(role)) ?? false;
