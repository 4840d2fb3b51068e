import { afterEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { ProblemError } from "../problem";
import { createRoom } from "./create-room";

const description = {
  roomId: "planning--------------",
  title: "Tea",
  agentName: "Robin",
  createdAtMs: 1_700_000_000_000,
  memberCount: 0,
};

afterEach(() => {
  vi.unstubAllGlobals();
});

it("asks the server for a room with this agent", async () => {
  const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(Response.json(description)));
  vi.stubGlobal("fetch", fetch);
  const room = await createRoom({
    server: "https://talk.example.org",
    title: "Tea",
    agent: { name: "Robin" },
  });
  expect(room).toEqual(description);
  const [address, request] = fetch.mock.calls[0] ?? [];
  expect(address).toBe("https://talk.example.org/api/rooms");
  expect(JSON.parse(z.string().parse(request?.body))).toMatchObject({
    title: "Tea",
    agent: { name: "Robin", patience: "normal" },
  });
});

it("says what is wrong by a code", async () => {
  const error = { code: "at-capacity", message: "full", isRetryable: true };
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ error }, { status: 503 })));
  const failed = await createRoom().catch((reason: unknown) => reason);
  expect(failed).toBeInstanceOf(ProblemError);
  expect(failed).toMatchObject({ code: "at-capacity", message: "full" });
});

it("does not make a problem of being called off", async () => {
  const controller = new AbortController();
  controller.abort();
  vi.stubGlobal("fetch", (_address: string, { signal }: RequestInit) =>
    Promise.reject(signal?.reason as Error),
  );
  await expect(createRoom({ signal: controller.signal })).rejects.toHaveProperty(
    "name",
    "AbortError",
  );
});
