import { isIP } from "node:net";
import { z } from "zod";
import type { ValueKind } from "../value-kinds";

/** Reverse proxies whose `X-Forwarded-For` is believed. */
export type TrustedProxies =
  /** Number of proxies that every request passes; 0 for none. Entries further left are the client's own. */
  | number
  /** Addresses and networks (CIDR) of the proxies. */
  | readonly string[];

const maxHops = 10;

const networkSchema = z.string().refine((network) => {
  const [ip = "", bits, ...rest] = network.split("/");
  const family = isIP(ip);
  if (family === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/u.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
});

const networks = z
  .string()
  .transform((list) => list.split(",").map((part) => part.trim()))
  .pipe(z.array(networkSchema).min(1));

const words: Readonly<Record<string, number>> = { true: 1, yes: 1, on: 1, false: 0, no: 0, off: 0 };

const hops = z
  .string()
  .transform((written) => words[written.toLowerCase()] ?? written)
  .pipe(z.coerce.number<string | number>().int().min(0).max(maxHops));

export const trustedProxies: ValueKind<TrustedProxies> = {
  schema: z.union([hops, networks]),
  expects: `true, false, a number of proxies from 0 to ${maxHops}, or networks separated by commas`,
};
