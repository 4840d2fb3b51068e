import { describe, expect, it } from "vitest";
import { callThenSay } from "../../../testing/held-tool";
import { RealtimeScript } from "../../../testing/realtime-script";

const long = "One two three four five six seven. Eight nine ten eleven twelve thirteen fourteen.";
const incomplete = {
  status: "incomplete",
  status_details: { type: "incomplete", reason: "max_output_tokens" },
};

function soundMs(script: RealtimeScript): number {
  const deltas = script.all("response.output_audio.delta");
  return deltas.reduce((sum, { delta }) => sum + Buffer.from(delta, "base64").length, 0) / 48;
}

async function answered(script: RealtimeScript, response: object = {}) {
  const count = script.all("response.done").length + 1;
  await script.types("Count.");
  await script.sends({ type: "response.create", response });
  return (await script.until("response.done", count)).response;
}

describe("max_output_tokens", () => {
  it("ends what is spoken where its tokens end, and says so", async () => {
    const script = await RealtimeScript.open(() => [long]);
    await script.sends({ type: "session.update", session: { max_output_tokens: 40 } });
    const response = await answered(script);
    expect(response).toMatchObject({ ...incomplete, max_output_tokens: 40 });
    expect(response.output).toMatchObject([{ status: "incomplete", type: "message" }]);
    expect(response.usage?.output_tokens).toBeLessThanOrEqual(40);
    expect(response.usage?.output_tokens).toBeGreaterThan(30);
    const { text_tokens: text, audio_tokens: audio } = response.usage?.output_token_details ?? {};
    expect(text).toBeGreaterThan(5);
    expect(audio).toBeGreaterThan(15);
    // What was sent is heard to its end, and nobody interrupted it.
    await script.passes(soundMs(script) + 500);
    expect(script.session.playout.replyId).toBeNull();
    expect(script.all("conversation.item.truncated")).toEqual([]);
  });

  it("of one response stands for the session's, and inf for none", async () => {
    const script = await RealtimeScript.open(() => [long]);
    await script.sends({ type: "session.update", session: { max_output_tokens: 40 } });
    const response = await answered(script, { max_output_tokens: "inf" });
    expect(response).toMatchObject({ status: "completed", max_output_tokens: "inf" });
  });

  it("ends what is written after a whole word", async () => {
    const script = await RealtimeScript.open(() => [long]);
    const response = await answered(script, { output_modalities: ["text"], max_output_tokens: 5 });
    expect(response).toMatchObject(incomplete);
    const { text } = await script.until("response.output_text.done");
    expect(long.startsWith(text)).toBe(true);
    expect(text.length).toBeGreaterThan(10);
    expect(response.usage?.output_tokens).toBeLessThanOrEqual(5);
  });

  it("leaves a reply of one token without a word", async () => {
    const script = await RealtimeScript.open(() => ["Incomprehensibilities are these."]);
    const response = await answered(script, { max_output_tokens: 1 });
    expect(response).toMatchObject({ ...incomplete, output: [] });
    expect(script.all("response.output_audio.delta")).toEqual([]);
  });

  it("keeps a call that is too long from the client", async () => {
    const tools = [{ type: "function", name: "look_up", parameters: { type: "object" } }];
    const script = await RealtimeScript.open((_question, request) =>
      callThenSay(request, { name: "look_up", input: { place: "far away" } }),
    );
    const response = await answered(script, { tools, max_output_tokens: 3 });
    expect(response).toMatchObject({ ...incomplete, output: [] });
    expect(script.all("response.function_call_arguments.done")).toEqual([]);
    const whole = await answered(script, { tools, max_output_tokens: 400 });
    expect(whole.status).toBe("completed");
    expect(whole.output[0]).toMatchObject({ type: "function_call", name: "look_up" });
  });

  it("that is not reached changes nothing", async () => {
    const script = await RealtimeScript.open(() => ["Very well."]);
    const response = await answered(script, { max_output_tokens: 4_096 });
    expect(response).toMatchObject({ status: "completed", status_details: null });
  });
});

describe("speed", () => {
  it.each([0.5, 1.5])("%d makes speech as much longer or shorter", async (speed) => {
    const sentence = "One two three four five six seven eight nine ten eleven twelve.";
    const usual = await RealtimeScript.open(() => [sentence]);
    await answered(usual);
    const other = await RealtimeScript.open(() => [sentence]);
    await other.sends({ type: "session.update", session: { audio: { output: { speed } } } });
    expect((await answered(other)).status).toBe("completed");
    expect(soundMs(usual) / soundMs(other)).toBeCloseTo(speed, 1);
  });
});
