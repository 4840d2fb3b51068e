import { operation } from "@parley/api-document/operation";
import { pageAddressSchema } from "@parley/shared/protocol/address-api";
import { embedAccessSchema } from "@parley/shared/protocol/embed-api";
import { z } from "zod";
import { readinessSchema } from "../readiness";

const group = "server";

export const readHealth = operation({
  id: "readHealth",
  group,
  summary: "Whether the server runs",
  access: "everyone",
  answers: {
    200: {
      description: "It does",
      content: { "application/json": z.object({ status: z.literal("ok") }) },
    },
  },
});

const readiness = { "application/json": readinessSchema };

export const readReadiness = operation({
  id: "readReadiness",
  group,
  summary: "Whether the server can take one more conversation, and what is missing",
  access: "everyone",
  answers: {
    200: { description: "It can", content: readiness },
    503: { description: "It cannot", content: readiness },
  },
});

export const readAddress = operation({
  id: "readAddress",
  group,
  summary: "Where others reach the page",
  access: "everyone",
  answers: {
    200: { description: "The address", content: { "application/json": pageAddressSchema } },
  },
});

export const readEmbedAccess = operation({
  id: "readEmbedAccess",
  group,
  summary: "Whether the asking page may embed the talk button and join rooms",
  description: "The page’s origin is what its browser says in `Origin`; `EMBED_ORIGINS` allows it.",
  access: "everyone",
  answers: {
    200: { description: "The decision", content: { "application/json": embedAccessSchema } },
  },
});
