import { z } from "zod";

/** The last time that a `Date` can hold. */
const lastMs = 8_640_000_000_000_000;

/** Unix time in milliseconds that a `Date` can show: beyond, its `toISOString` throws. */
export const unixTimeSchema = z.number().min(0).max(lastMs);
