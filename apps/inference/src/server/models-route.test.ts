import { AppError } from "@parley/shared/errors";
import type { EngineHouse } from "@parley/shared/protocol/house-api";
import type { ModelsOverview } from "@parley/shared/protocol/models-api";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ModelAdministration } from "../contracts/model-administration";
import { modelsRoute } from "./models-route";

const overview: ModelsOverview = {
  models: [],
  suggestions: [],
  machine: { cores: 2, memoryBytes: 8e9, graphics: null, devices: [] },
  hub: { title: "Hugging Face", state: "idle" },
  pinned: [],
};
const part = { title: "Ears", isDemonstration: false };
const house: EngineHouse = {
  hears: part,
  thinks: part,
  speaks: part,
  languages: ["en"],
  voices: ["slt"],
  tools: [],
  better: null,
};

let http: FastifyInstance;
let administration: ModelAdministration | null;
let acts: [string, string][];

beforeEach(async () => {
  acts = [];
  administration = {
    overview: () => Promise.resolve(overview),
    house: () => Promise.resolve(house),
    act: (name, action) => {
      acts.push([name, action]);
      if (name === "nose") return Promise.reject(new AppError("not-found", "no model nose"));
      return Promise.resolve(overview);
    },
    close: () => Promise.resolve(),
  };
  http = Fastify();
  await http.register(modelsRoute({ linkKey: null, administration: () => administration }));
});

afterEach(async () => {
  await http.close();
});

const post = (url: string, headers: Record<string, string> = {}) =>
  http.inject({ method: "POST", url, headers });

describe("modelsRoute", () => {
  it("answers with the overview and performs actions", async () => {
    expect((await http.inject("/api/models")).json()).toEqual(overview);
    expect((await post("/api/models/ears/pull")).json()).toEqual(overview);
    expect((await post("/api/models/ears%3Aint8/adopt")).json()).toEqual(overview);
    expect(acts).toEqual([
      ["ears", "pull"],
      ["ears:int8", "adopt"],
    ]);
  });

  it("tells what hears, thinks and speaks", async () => {
    expect((await http.inject("/api/house")).json()).toEqual(house);
  });

  it.each([{ origin: "https://elsewhere.example" }, { "sec-fetch-site": "cross-site" }])(
    "refuses requests of a page in the operator's browser: %o",
    async (headers: Record<string, string>) => {
      const answer = await post("/api/models/ears/remove", headers);
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toMatchObject({ error: { code: "operator-only" } });
      expect(acts).toEqual([]);
    },
  );

  it.each([
    ["/api/models/nose/pull", 404, "not-found"],
    ["/api/models/ears/paint", 400, "invalid-request"],
  ])("answers %s with a code", async (url, status, code) => {
    const answer = await post(url);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ error: { code } });
  });

  it("refuses with a retryable error while the models load", async () => {
    administration = null;
    const answer = await http.inject("/api/models");
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ error: { isRetryable: true } });
  });
});
