import { describe, expect, it } from "vitest";
import { RealtimeScript } from "../../../testing/realtime-script";
import { callThenSay } from "../../../testing/held-tool";

const long = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen.";

describe("a response", () => {
  it("comes in the order that clients rely on", async () => {
    const script = await RealtimeScript.open();
    await script.types("Hello.");
    await script.sends({ type: "response.create" });
    await script.until("response.done");
    const types = script.eventTypes.filter((type, at, all) => type !== all[at - 1]);
    expect(types).toEqual([
      ...["conversation.item.added", "conversation.item.done"],
      ...["response.created", "rate_limits.updated"],
      ...["response.output_item.added", "conversation.item.added", "response.content_part.added"],
      ...["response.output_audio_transcript.delta", "response.output_audio.delta"],
      ...["response.output_audio.done", "response.output_audio_transcript.done"],
      "response.content_part.done",
      ...["conversation.item.done", "response.output_item.done", "response.done"],
    ]);
    const [added] = script.all("response.output_item.added");
    expect(added?.item).toMatchObject({ status: "in_progress", role: "assistant", content: [] });
    const [done] = script.all("response.done");
    expect(done?.response).toMatchObject({
      status: "completed",
      status_details: null,
      object: "realtime.response",
      output: [{ content: [{ type: "output_audio", transcript: "Very well." }] }],
    });
  });

  it("is over before it is heard, and sound goes out faster than that", async () => {
    const script = await RealtimeScript.open(() => [long]);
    await script.types("Count.");
    await script.sends({ type: "response.create" });
    await script.until("response.done");
    const bytes = script
      .all("response.output_audio.delta")
      .reduce((sum, { delta }) => sum + Buffer.from(delta, "base64").length, 0);
    expect(bytes / 48).toBeGreaterThan(1_500);
    expect(script.session.playout.replyId).not.toBeNull();
    await script.passes(bytes / 48 + 500);
    expect(script.session.playout.replyId).toBeNull();
  });

  it("is one at a time", async () => {
    const script = await RealtimeScript.open(async function* () {
      await script.clock.delay(1_000);
      yield "Very well.";
    });
    await script.types("Hello.");
    await script.sends({ type: "response.create" });
    await script.sends({ type: "response.create" });
    expect(script.all("error")[0]?.error.code).toBe("conversation_already_has_active_response");
    await script.until("response.done");
    await script.sends({ type: "response.create" });
    await script.until("response.done", 2);
  });

  it("is written where the client wants text, without a sound", async () => {
    const script = await RealtimeScript.open(() => ["Very w", "ell:\n- it is nine\n", "- a.m."]);
    await script.types("Hello.");
    await script.sends({ type: "response.create", response: { output_modalities: ["text"] } });
    const { text } = await script.until("response.output_text.done");
    expect(text).toBe("Very well:\n- it is nine\n- a.m.");
    expect(
      script
        .all("response.output_text.delta")
        .map(({ delta }) => delta)
        .join(""),
    ).toBe(text);
    expect(script.eventTypes.filter((type) => type.includes("audio"))).toEqual([]);
    await script.types("And?");
    await script.sends({ type: "response.create" });
    await script.until("response.done", 2);
    expect(script.lastRequest).toEqual(["user: Hello.", `assistant: ${text}`, "user: And?"]);
  });

  it("that is cancelled says why, and what was heard is remembered", async () => {
    const script = await RealtimeScript.open(async function* () {
      yield `${long} `;
      await script.clock.delay(60_000);
      yield "Never said.";
    });
    await script.types("Count.");
    await script.sends({ type: "response.create" });
    await script.until("response.output_audio.delta");
    await script.passes(1_000);
    await script.sends({ type: "response.cancel" });
    const { response } = await script.until("response.done");
    expect(response).toMatchObject({
      status: "cancelled",
      output: [{ status: "incomplete" }],
      status_details: { type: "cancelled", reason: "client_cancelled" },
    });
    await script.types("Go on.");
    await script.sends({ type: "response.create" });
    expect(script.lastRequest[1]).toMatch(/^assistant: One.*…$/u);
    expect(script.lastRequest[1]?.length).toBeLessThan(long.length);
  });

  it("has its own instructions, and is forgotten if it is to be", async () => {
    const script = await RealtimeScript.open();
    await script.types("Hello.");
    const content = [{ type: "input_text", text: "What is this about?" }];
    const input = [{ type: "message", role: "user", content }];
    const response = { conversation: "none", instructions: "Be a parrot.", input };
    await script.sends({
      type: "response.create",
      response: { ...response, metadata: { a: "b" } },
    });
    const done = await script.until("response.done");
    expect(done.response).toMatchObject({ conversation_id: null, metadata: { a: "b" } });
    const [system, ...lines] = script.chatModel.requests.at(-1)?.messages ?? [];
    expect(system?.content).toContain("Be a parrot.");
    expect(lines.map(({ content: text }) => text)).toEqual(["What is this about?"]);
    expect(script.all("conversation.item.added")).toHaveLength(1);
    await script.sends({ type: "response.create" });
    await script.until("response.done", 2);
    expect(script.lastRequest).toEqual(["user: Hello."]);
  });

  it("counts tokens as the chat model's server does, else by characters", async () => {
    const script = await RealtimeScript.open(function* () {
      yield "Very well.";
      const usage = { inputTokens: 120, outputTokens: 7, cachedTokens: 100 };
      yield { type: "finish", usage };
    });
    await script.types("Hello.");
    await script.sends({ type: "response.create" });
    const { response } = await script.until("response.done");
    expect(response.usage).toMatchObject({
      input_token_details: { text_tokens: 120, cached_tokens: 100 },
      output_token_details: { text_tokens: 7 },
    });
    const { total_tokens, input_tokens, output_tokens } = response.usage ?? {};
    expect(total_tokens).toBe((input_tokens ?? 0) + (output_tokens ?? 0));
    const other = await RealtimeScript.open();
    await other.sends({ type: "response.create" });
    const { response: estimated } = await other.until("response.done");
    expect(estimated.usage?.output_token_details.text_tokens).toBe(3);
  });

  it("fails when the chat model does", async () => {
    const script = await RealtimeScript.open(() => {
      throw new Error("no server");
    });
    await script.types("Hello.");
    await script.sends({ type: "response.create" });
    const { response } = await script.until("response.done");
    expect(response).toMatchObject({ status: "failed", status_details: { type: "failed" } });
  });
});

describe("a function of the client's", () => {
  const tools = [{ type: "function", name: "held", parameters: { type: "object" } }];

  it("is called, ends the response, and its output is read by the next", async () => {
    const script = await RealtimeScript.open((_question, request) =>
      script.chatModel.requests.length > 1
        ? ["It is sixteen."]
        : callThenSay(request, { input: { x: 4 } }),
    );
    await script.sends({ type: "session.update", session: { tools } });
    await script.types("What is four times four?");
    await script.sends({ type: "response.create" });
    const call = await script.until("response.function_call_arguments.done");
    expect(call).toMatchObject({ name: "held", arguments: '{"x":4}' });
    const item = { type: "function_call_output", call_id: call.call_id, output: "sixteen" };
    await script.sends({ type: "conversation.item.create", item });
    expect(script.chatModel.requests[0]?.tools?.offers.map(({ name }) => name)).toEqual(["held"]);
    await script.until("response.done");
    await script.sends({ type: "response.create" });
    await script.until("response.output_audio_transcript.done", 2);
    expect(script.lastRequest).toContain('tool: held {"x":4}: sixteen');
  });

  it("is the client's to choose", async () => {
    const script = await RealtimeScript.open();
    await script.sends({ type: "session.update", session: { tools } });
    const toolsOf = () => script.chatModel.requests.at(-1)?.tools;
    await script.sends({ type: "response.create", response: { tool_choice: "required" } });
    await script.until("response.done");
    expect(toolsOf()?.choice).toBe("required");
    const named = { type: "function", name: "held" };
    await script.sends({ type: "response.create", response: { tool_choice: named } });
    await script.until("response.done", 2);
    expect(toolsOf()?.choice).toEqual({ name: "held" });
    await script.sends({ type: "response.create", response: { tool_choice: "none" } });
    await script.until("response.done", 3);
    expect(toolsOf()).toBeUndefined();
  });
});
