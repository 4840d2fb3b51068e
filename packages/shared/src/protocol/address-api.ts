/** `GET /api/address` tells a page that was opened at `localhost` where others reach it. */
import { z } from "zod";

export const pageAddressSchema = z.object({
  /** What links for others begin with, such as `https://192.168.1.20:7860`; null: not known. */
  shareAddress: z.url({ protocol: /^https?$/ }).nullable(),
});
