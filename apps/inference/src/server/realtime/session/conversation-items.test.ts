import { describe, expect, it } from "vitest";
import { RealtimeScript } from "../../../testing/realtime-script";

const message = (role: string, text: string, id: string) => ({
  type: "message",
  id,
  role,
  content: [{ type: role === "assistant" ? "output_text" : "input_text", text }],
});

async function asked(script: RealtimeScript): Promise<string[]> {
  const count = script.all("response.done").length;
  await script.sends({ type: "response.create" });
  await script.until("response.done", count + 1);
  return script.lastRequest;
}

describe("items of the conversation", () => {
  it("stand where the client puts them, and go when it deletes them", async () => {
    const script = await RealtimeScript.open();
    const create = (item: object, previous?: string) =>
      script.sends({
        type: "conversation.item.create",
        item,
        ...(previous === undefined ? {} : { previous_item_id: previous }),
      });
    await create(message("user", "second", "two"));
    await create(message("assistant", "first", "one"), "root");
    await create(message("system", "third", "three"), "two");
    await create(message("user", "between", "half"), "one");
    expect(
      script.all("conversation.item.added").map(({ previous_item_id }) => previous_item_id),
    ).toEqual([null, null, "two", "one"]);
    const lines = ["assistant: first", "user: between second", "system: third"];
    expect(await asked(script)).toEqual(lines);
    await script.sends({ type: "conversation.item.delete", item_id: "half" });
    expect(script.all("conversation.item.deleted")[0]?.item_id).toBe("half");
    expect((await asked(script)).slice(0, 2)).toEqual(["assistant: first", "user: second"]);
    await script.sends({ type: "conversation.item.retrieve", item_id: "half" });
    expect(script.all("error")[0]?.error).toMatchObject({
      code: "item_not_found",
      param: "item_id",
    });
  });

  it("that were spoken can be deleted, too", async () => {
    const script = await RealtimeScript.open();
    await script.says("never mind that");
    await script.until("response.done");
    const [first] = script.all("input_audio_buffer.committed");
    await script.sends({ type: "conversation.item.delete", item_id: first?.item_id });
    await script.types("Hello.");
    expect(await asked(script)).toEqual(["assistant: Very well.", "user: Hello."]);
  });

  it("are refused with a known id, a wrong place or sound that is none", async () => {
    const script = await RealtimeScript.open();
    await script.types("Hello.", { id: "one" });
    await script.types("Hello.", { id: "one" });
    const item = message("user", "Hi.", "two");
    const event = { type: "conversation.item.create", item, previous_item_id: "none" };
    await script.sends(event);
    await script.sends({
      type: "conversation.item.truncate",
      item_id: "one",
      content_index: 0,
      audio_end_ms: 5,
    });
    await script.sends({ type: "input_audio_buffer.append", audio: "§" });
    expect(script.all("error").map(({ error }) => [error.code, error.param])).toEqual([
      ["invalid_value", "item.id"],
      ["item_not_found", "previous_item_id"],
      ["invalid_value", "item_id"],
      ["invalid_value", "audio"],
    ]);
    expect(script.all("conversation.item.added")).toHaveLength(1);
  });

  it("hold what the client heard, once it says so", async () => {
    const script = await RealtimeScript.open(() => ["One two three four five six seven."]);
    await script.types("Count.");
    await script.sends({ type: "response.create" });
    const { response } = await script.until("response.done");
    const itemId = response.output[0]?.id;
    const place = { item_id: itemId, content_index: 0 };
    await script.sends({ type: "conversation.item.truncate", ...place, audio_end_ms: 200 });
    await script.sends({ type: "conversation.item.retrieve", item_id: itemId });
    const [retrieved] = script.all("conversation.item.retrieved");
    const [content] = retrieved?.item.type === "message" ? retrieved.item.content : [];
    const text = content !== undefined && "transcript" in content ? content.transcript : null;
    expect(text).toMatch(/^One( two)*( three)*$/u);
    await script.passes(10_000);
    await script.types("Go on.");
    expect(await asked(script)).toEqual(["user: Count.", `assistant: ${text} …`, "user: Go on."]);
  });

  it("are heard first where they are sound", async () => {
    const script = await RealtimeScript.open();
    const content = [{ type: "input_audio", audio: Buffer.alloc(9_600).toString("base64") }];
    const item = { type: "message", role: "user", content };
    await script.sends({ type: "conversation.item.create", item });
    const [added] = script.all("conversation.item.added");
    expect(added?.item).toMatchObject({ content: [{ type: "input_audio", transcript: "" }] });
  });
});
