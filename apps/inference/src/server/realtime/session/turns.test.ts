import { scriptedRecognizer } from "@parley/speech/testing/scripted-models";
import { describe, expect, it } from "vitest";
import { RealtimeScript } from "../../../testing/realtime-script";

const transcribed = { audio: { input: { transcription: {} } } };
const semantic = {
  audio: { input: { transcription: {}, turn_detection: { type: "semantic_vad" } } },
};
const long = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen.";

async function withSettings(session: object, answer = "Very well.") {
  const script = await RealtimeScript.open(() => [answer]);
  await script.sends({ type: "session.update", session });
  return script;
}

describe("turns by voice activity", () => {
  it("end after the silence that the client asks for", async () => {
    const turn_detection = { type: "server_vad", silence_duration_ms: 900 };
    const script = await withSettings({ audio: { input: { turn_detection } } });
    await script.says("what is new");
    await script.passes(800);
    expect(script.eventTypes).not.toContain("input_audio_buffer.committed");
    await script.passes(300);
    expect(script.eventTypes).toContain("input_audio_buffer.committed");
  });

  it("are told with their places in the sound", async () => {
    const script = await withSettings(transcribed);
    await script.passes(2_000);
    await script.says("what is new");
    await script.until("input_audio_buffer.committed");
    const [started] = script.all("input_audio_buffer.speech_started");
    const [stopped] = script.all("input_audio_buffer.speech_stopped");
    // 300 ms of padding stand before the first word.
    expect(Math.abs((started?.audio_start_ms ?? 0) - 1_700)).toBeLessThan(60);
    expect(Math.abs((stopped?.audio_end_ms ?? 0) - 2_600)).toBeLessThan(60);
    expect(stopped?.item_id).toBe(started?.item_id);
  });

  it("have their words told as they are said, and once more when they are certain", async () => {
    const script = await withSettings(transcribed);
    await script.says("what is new today");
    const type = "conversation.item.input_audio_transcription";
    expect(script.all(`${type}.delta`).map(({ delta }) => delta)).toEqual(["what", " is", " new"]);
    const completed = await script.until(`${type}.completed`);
    expect(completed.transcript).toBe("what is new today");
    expect(script.all(`${type}.delta`).at(-1)?.delta).toBe(" today");
    expect(completed.usage.seconds).toBeCloseTo(0.8, 1);
  });

  it("have no words told unless that is asked for", async () => {
    const script = await withSettings({});
    await script.says("what is new");
    await script.until("response.done");
    expect(script.eventTypes.filter((type) => type.includes("transcription"))).toEqual([]);
  });

  it("that lack their end are answered, and asked for nothing", async () => {
    const script = await withSettings(semantic);
    await script.says("i want to go to the");
    await script.passes(2_800);
    expect(script.eventTypes).toContain("input_audio_buffer.committed");
    await script.until("response.done");
    await script.passes(5_000);
    expect(script.all("response.done")).toHaveLength(1);
  });

  it("are no items without words", async () => {
    const script = await withSettings(transcribed);
    await script.coughs(400);
    await script.passes(3_000);
    expect(script.eventTypes).toContain("input_audio_buffer.speech_stopped");
    expect(script.eventTypes).not.toContain("conversation.item.added");
  });

  it("are not answered by themselves when the client wants to ask", async () => {
    const turn_detection = { type: "server_vad", create_response: false };
    const script = await withSettings({ audio: { input: { turn_detection } } });
    await script.says("what is new");
    await script.until("conversation.item.done");
    await script.passes(2_000);
    expect(script.eventTypes).not.toContain("response.created");
    await script.sends({ type: "response.create" });
    await script.until("response.done");
    expect(script.lastRequest).toEqual(["user: what is new"]);
  });

  it("that are poured in at once keep the pauses between them", async () => {
    const script = await withSettings(transcribed);
    script.pours("what is new");
    script.session.feed.push(new Int16Array(24_000));
    script.pours("and what else");
    await script.until("conversation.item.input_audio_transcription.completed", 2);
    const type = "conversation.item.input_audio_transcription.completed";
    expect(script.all(type).map(({ transcript }) => transcript)).toEqual([
      "what is new",
      "and what else",
    ]);
  });
});

describe("a recogniser that fails", () => {
  const deaf = scriptedRecognizer({ open: () => Promise.reject(new Error("no memory")) });
  const failed = "conversation.item.input_audio_transcription.failed";

  it("leaves an item without words, and says so", async () => {
    const script = await RealtimeScript.open(undefined, deaf);
    await script.sends({ type: "session.update", session: transcribed });
    await script.says("what is new");
    const { item_id: itemId, error } = await script.until(failed);
    expect(error).toMatchObject({ type: "server_error", code: "internal" });
    expect(script.all("input_audio_buffer.committed")[0]?.item_id).toBe(itemId);
  });

  it("does so for a turn that the client ends", async () => {
    const script = await RealtimeScript.open(undefined, deaf);
    const audio = { input: { transcription: {}, turn_detection: null } };
    await script.sends({ type: "session.update", session: { audio } });
    await script.says("what is new");
    await script.sends({ type: "input_audio_buffer.commit" });
    expect(script.all(failed)).toHaveLength(1);
  });
});

describe("a silence after a reply", () => {
  it("is answered after the time that the client sets, unless somebody speaks", async () => {
    const turn_detection = { type: "server_vad", idle_timeout_ms: 5_000 };
    const script = await withSettings({ audio: { input: { turn_detection } } });
    await script.says("what is new");
    await script.until("response.done");
    await script.passes(4_000);
    expect(script.eventTypes).not.toContain("input_audio_buffer.timeout_triggered");
    await script.passes(2_000);
    const [idle] = script.all("input_audio_buffer.timeout_triggered");
    expect((idle?.audio_end_ms ?? 0) - (idle?.audio_start_ms ?? 0)).toBe(5_000);
    expect(script.all("input_audio_buffer.committed").at(-1)?.item_id).toBe(idle?.item_id);
    await script.until("response.done", 2);
    await script.passes(2_000);
    await script.says("what is new");
    await script.passes(4_000);
    expect(script.all("input_audio_buffer.timeout_triggered")).toHaveLength(1);
  });
});

describe("speech over a reply", () => {
  it("cuts it at once with server_vad", async () => {
    const script = await withSettings(transcribed, long);
    await script.types("Count.");
    await script.sends({ type: "response.create" });
    await script.until("response.output_audio.delta");
    await script.passes(1_000);
    await script.coughs(100);
    expect(script.eventTypes).toContain("input_audio_buffer.speech_started");
    await script.passes(2_000);
    await script.types("Go on.");
    await script.sends({ type: "response.create" });
    const heard = script.lastRequest[1] ?? "";
    expect(heard).toMatch(/^assistant: One.*…$/u);
    expect(heard.length).toBeLessThan(long.length);
  });

  it("is not told of with semantic_vad while it may be a cough, and cuts nothing", async () => {
    const script = await withSettings(semantic, long);
    await script.types("Count.");
    await script.sends({ type: "response.create" });
    await script.until("response.output_audio.delta");
    await script.passes(1_000);
    await script.coughs(200);
    await script.passes(3_000);
    expect(script.eventTypes).not.toContain("input_audio_buffer.speech_started");
    await script.says("no stop that please now");
    expect(script.eventTypes).toContain("input_audio_buffer.speech_started");
    await script.until("conversation.item.input_audio_transcription.completed");
  });

  it("cuts nothing where the client wants that", async () => {
    const turn_detection = { type: "server_vad", interrupt_response: false };
    const script = await withSettings({ audio: { input: { turn_detection } } }, long);
    await script.types("Count.");
    await script.sends({ type: "response.create" });
    await script.until("response.output_audio.delta");
    await script.says("please tell me what time it is now");
    await script.until("conversation.item.done", 3);
    const [first] = script.all("response.done");
    expect(first?.response.status).toBe("completed");
    const [item] = first?.response.output ?? [];
    expect(item).toMatchObject({ content: [{ transcript: long }] });
  });
});

describe("push-to-talk", () => {
  const told = { audio: { input: { transcription: {}, turn_detection: null } } };

  it("waits for the commit, however long people pause", async () => {
    const script = await withSettings(told);
    await script.says("what is");
    await script.passes(6_000);
    await script.says("new today");
    expect(script.eventTypes).toEqual(["session.updated"]);
    await script.sends({ type: "input_audio_buffer.commit" });
    const transcription = "conversation.item.input_audio_transcription";
    expect(script.all(`${transcription}.delta`).map(({ delta }) => delta)).toEqual([
      "what is new today",
    ]);
    expect(script.all(`${transcription}.completed`)[0]?.transcript).toBe("what is new today");
    expect(script.eventTypes).not.toContain("response.created");
    await script.sends({ type: "response.create" });
    await script.until("response.done");
    expect(script.lastRequest).toEqual(["user: what is new today"]);
  });

  it("takes what is said over a reply for a turn, and lets the reply go on", async () => {
    const script = await withSettings(told, long);
    await script.types("Count.");
    await script.sends({ type: "response.create" });
    await script.until("response.output_audio.delta");
    await script.says("yes");
    await script.sends({ type: "input_audio_buffer.commit" });
    await script.until("response.done");
    await script.sends({ type: "response.create" });
    await script.until("response.done", 2);
    expect(script.lastRequest.join(" ")).toContain("user: yes");
  });

  it("takes the agent's own words for a turn, too", async () => {
    const script = await withSettings(told);
    await script.types("Hello.");
    await script.sends({ type: "response.create" });
    await script.until("response.done");
    await script.passes(500);
    await script.says("very well");
    await script.sends({ type: "input_audio_buffer.commit" });
    await script.sends({ type: "response.create" });
    expect(script.lastRequest.at(-1)).toBe("user: very well");
  });

  it("can begin in the middle of a turn, which is forgotten and keeps nobody waiting", async () => {
    const script = await withSettings(transcribed);
    await script.says("never mind this");
    await script.sends({ type: "session.update", session: told });
    expect(script.eventTypes).toContain("input_audio_buffer.speech_stopped");
    expect(script.all("conversation.item.added")).toEqual([]);
    await script.types("Hello.");
    const audio = { input: { turn_detection: { type: "server_vad" } } };
    await script.sends({ type: "session.update", session: { audio } });
    await script.says("what is new");
    await script.until("response.done");
    expect(script.lastRequest).toEqual(["user: Hello. what is new"]);
  });

  it("has an item without words when nothing was said", async () => {
    const script = await withSettings(told);
    await script.passes(500);
    await script.sends({ type: "input_audio_buffer.commit" });
    const [completed] = script.all("conversation.item.input_audio_transcription.completed");
    expect(completed?.transcript).toBe("");
    await script.sends({ type: "input_audio_buffer.commit" });
    expect(script.all("error")[0]?.error.code).toBe("input_audio_buffer_commit_empty");
  });

  it("forgets what is cleared", async () => {
    const script = await withSettings(told);
    await script.says("never mind");
    await script.sends({ type: "input_audio_buffer.clear" });
    await script.says("what is new");
    await script.sends({ type: "input_audio_buffer.commit" });
    const [completed] = script.all("conversation.item.input_audio_transcription.completed");
    expect(completed?.transcript).toBe("what is new");
  });
});
