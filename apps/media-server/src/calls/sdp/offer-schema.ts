import { z } from "zod";

/** Limits on what an offer may hold: browsers' have a section or two, and 30 lines in each. */
const maxSections = 16;
const maxLines = 200;

const token = z.coerce.string().regex(/^[\w!#$%&'*+.^`{|}~-]{1,64}$/u);
const payload = z.coerce.number().int().min(0).max(127);
const fingerprint = z.object({ type: z.string().max(20), hash: z.string().max(200) });
const setup = z.string().max(20);

/** A media section, as sdp-transform parses it. What is not listed does not matter here. */
const sectionSchema = z.object({
  type: z.string().max(20),
  port: z.coerce.number(),
  protocol: z.string().regex(/^[\w/]{1,40}$/u),
  payloads: z.coerce
    .string()
    .max(500)
    .regex(/^[\w\s*.-]*$/u)
    .default(""),
  bundleOnly: z.string().optional(),
  mid: token,
  direction: z.enum(["sendrecv", "sendonly", "recvonly", "inactive"]).default("sendrecv"),
  setup: setup.optional(),
  fingerprint: fingerprint.optional(),
  rtcpMux: z.string().optional(),
  rtp: z
    .array(
      z.object({
        payload,
        codec: z.coerce.string().max(40),
        rate: z.coerce.number().optional(),
        encoding: z.coerce.number().optional(),
      }),
    )
    .max(maxLines)
    .default([]),
  rtcpFb: z
    .array(
      z.object({
        payload: z.coerce.string().max(10),
        type: token,
        subtype: z.coerce.string().max(40).default(""),
      }),
    )
    .max(maxLines)
    .default([]),
  ext: z
    .array(
      z.object({
        value: z.coerce.number().int().min(1).max(255),
        uri: z.coerce.string().max(200),
        "encrypt-uri": z.string().optional(),
      }),
    )
    .max(maxLines)
    .default([]),
  ssrcs: z
    .array(
      z.object({
        id: z.coerce
          .number()
          .int()
          .min(0)
          .max(2 ** 32 - 1),
        attribute: z.coerce.string().max(40),
        value: z.coerce.string().max(300).default(""),
      }),
    )
    .max(maxLines)
    .default([]),
  maxMessageSize: z.coerce.number().int().min(0).optional(),
});

/** An offer, as sdp-transform parses it. */
export const offerSchema = z.object({
  groups: z
    .array(z.object({ type: z.string().max(40), mids: z.coerce.string().max(1_000) }))
    .max(maxSections)
    .default([]),
  setup: setup.optional(),
  fingerprint: fingerprint.optional(),
  media: z.array(sectionSchema).min(1).max(maxSections),
});

export type ParsedOffer = z.infer<typeof offerSchema>;
export type ParsedSection = ParsedOffer["media"][number];
