import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ModelEntry } from "../registry/model-entry";
import { HubInquiry } from "./hub-inquiry";
import { FakeHub } from "./testing/fake-hub";

const dayMs = 24 * 3_600_000;
const entry: ModelEntry = {
  name: "ears",
  title: "Ears",
  kind: "recognizer",
  purpose: "hears",
  languages: [],
  format: "nemo",
  repository: "maker/model",
  revision: "main",
  files: ["*.nemo", "vocab.txt"],
  aboutBytes: null,
  licence: null,
  needs: [],
  remarks: [],
};

let hub: FakeHub;
let scratch: string;
let clock: FakeClock;
let isOffline: boolean;
let inquiry: HubInquiry;

function open(endpoint = hub.endpoint): HubInquiry {
  return new HubInquiry({
    settings: () => Promise.resolve({ endpoint, token: null, cache: scratch, isOffline }),
    file: join(scratch, "facts", "hub-facts.json"),
    clock,
  });
}

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "parley-facts-"));
  clock = new FakeClock();
  isOffline = false;
  hub = new FakeHub();
  hub.card = { license: "cc-by-4.0" };
  hub.add("model.nemo", Buffer.alloc(3_000));
  hub.add("vocab.txt", "words", false);
  hub.add("README.md", "not wanted", false);
  await hub.start();
  inquiry = open();
});

afterEach(async () => {
  await inquiry.close();
  await hub.stop();
  await rm(scratch, { recursive: true });
});

async function known(from = inquiry) {
  return (await from.known([entry])).get("ears");
}

describe("HubInquiry", () => {
  it("asks for sizes and licence, and says meanwhile that it asks", async () => {
    expect(await known()).toEqual({ bytes: null, licence: null });
    expect(hub.seen).toEqual([]);
    await inquiry.ask([entry]);
    expect(inquiry.state).toBe("asking");
    await inquiry.settled();
    expect(inquiry.state).toBe("idle");
    expect(await known()).toEqual({ bytes: 3_005, licence: "CC-BY-4.0" });
    expect(hub.seen.map(({ path }) => path)).toEqual([
      "/api/models/maker/model/revision/main?blobs=true",
    ]);
  });

  it("keeps answers for a day, also over a restart", async () => {
    await inquiry.ask([entry]);
    await inquiry.settled();
    const later = open();
    await clock.advance(dayMs - 1_000);
    await later.ask([entry]);
    await later.settled();
    expect(await known(later)).toEqual({ bytes: 3_005, licence: "CC-BY-4.0" });
    expect(hub.seen).toHaveLength(1);
    await clock.advance(2_000);
    await later.ask([entry]);
    await later.settled();
    expect(hub.seen).toHaveLength(2);
  });

  it("asks once for forms that share a repository", async () => {
    await inquiry.ask([entry, { ...entry, name: "ears-too" }]);
    await inquiry.settled();
    expect(hub.seen).toHaveLength(1);
  });

  it("names a licence that has no identifier of the hub's", async () => {
    hub.card = { license: "other", license_name: "nvidia-open-model-license" };
    await inquiry.ask([entry]);
    await inquiry.settled();
    expect((await known())?.licence).toBe("NVIDIA Open Model License");
  });

  it("keeps the registry's facts where the hub tells none", async () => {
    hub.card = null;
    const measured = { ...entry, files: ["*.gguf"], aboutBytes: 7, licence: "MIT" };
    await inquiry.ask([measured]);
    await inquiry.settled();
    const facts = (await inquiry.known([measured])).get("ears");
    expect(facts).toEqual({ bytes: 7, licence: "MIT" });
  });

  it("says that the hub is out of reach, and asks again after a minute", async () => {
    hub.trouble = (_, response) => {
      response.destroy();
      return true;
    };
    await inquiry.ask([entry]);
    await inquiry.settled();
    expect(inquiry.state).toBe("unreachable");
    hub.trouble = () => false;
    await inquiry.ask([entry]);
    expect(inquiry.state).toBe("unreachable");
    await clock.advance(61_000);
    await inquiry.ask([entry]);
    await inquiry.settled();
    expect(inquiry.state).toBe("idle");
    expect((await known())?.bytes).toBe(3_005);
  });

  it("gives a silent hub up after some seconds", async () => {
    const isAsked = new Promise<void>((resolve) => {
      hub.trouble = () => {
        resolve();
        return true;
      };
    });
    await inquiry.ask([entry]);
    await isAsked;
    await clock.advance(5_001);
    await inquiry.settled();
    expect(inquiry.state).toBe("unreachable");
  });

  it("does not repeat a question that the hub refuses", async () => {
    const missing = { ...entry, repository: "maker/nothing" };
    await inquiry.ask([missing]);
    await inquiry.settled();
    await inquiry.ask([missing]);
    await inquiry.settled();
    expect(hub.seen).toHaveLength(1);
    expect(inquiry.state).toBe("idle");
  });

  it("asks nothing when downloads are forbidden", async () => {
    isOffline = true;
    await inquiry.ask([entry]);
    await inquiry.settled();
    expect(inquiry.state).toBe("offline");
    expect(hub.seen).toEqual([]);
  });

  it("survives a damaged file", async () => {
    await inquiry.ask([entry]);
    await inquiry.settled();
    await writeFile(join(scratch, "facts", "hub-facts.json"), '{"maker/model@main":{"sizes":3}}');
    expect((await known(open()))?.bytes).toBeNull();
  });
});
