import { loadSpeex } from "@parley/audio/resampling/speex";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import { beforeEach, describe, expect, it } from "vitest";
import { createSpeechDecoder, createVoiceEncoder } from "../../audio/opus-codec";
import { readRtpPacket } from "../../audio/rtp-packet";
import { CallSession } from "./call-session";
import type { RealtimeLinkHandlers } from "./realtime-link";
import { readRealtimeMessage } from "./realtime-message";

type Event = Record<string, unknown> & { type: string };

let clock: FakeClock;
let toInference: Event[];
let toBrowser: Event[];
let packets: Buffer[];
let ends: string[];
let link: { isWritable: boolean; handlers: RealtimeLinkHandlers | null; isClosed: boolean };
let session: CallSession;
let maxBytes: number;

beforeEach(async () => {
  clock = new FakeClock();
  [toInference, toBrowser, packets, ends] = [[], [], [], []];
  maxBytes = Infinity;
  link = { isWritable: true, handlers: null, isClosed: false };
  session = new CallSession({
    clock,
    speex: await loadSpeex(),
    encoder: await createVoiceEncoder(),
    idleMs: 9_000,
    link: {
      get isWritable() {
        return link.isWritable;
      },
      listen: (handlers) => {
        link.handlers = handlers;
      },
      send: (event) => {
        toInference.push((typeof event === "string" ? JSON.parse(event) : event) as Event);
      },
      close: () => {
        link.isClosed = true;
      },
    },
    sendRtp: (packet) => packets.push(packet),
    sendText: (text) => {
      if (text.length > maxBytes) return false;
      toBrowser.push(JSON.parse(text) as Event);
      return true;
    },
    onEnd: (reason) => ends.push(reason),
  });
  session.start();
});

function told(event: Event): void {
  const message = readRealtimeMessage(JSON.stringify(event));
  if (message !== null) link.handlers?.onMessage(message);
}

/** Sound of a response, at once: a tone of so many milliseconds. */
function sound(ms: number, responseId = "resp_1"): void {
  const samples = Int16Array.from({ length: ms * 24 }, (_, at) => 9_000 * Math.sin(at / 8));
  const delta = Buffer.from(samples.buffer).toString("base64");
  const place = { item_id: `item_of_${responseId}`, output_index: 0, content_index: 0 };
  told({ type: "response.output_audio.delta", response_id: responseId, ...place, delta });
}

const finish = (status: string, id = "resp_1") => {
  told({ type: "response.done", response: { id, status } });
};
const types = () => toBrowser.map(({ type }) => type);
const withDetection = (turn_detection: object | null) => ({
  type: "session.updated",
  session: { audio: { input: { turn_detection } } },
});

describe("what inference tells", () => {
  it("goes to the browser as it is, but for the sound, which is spoken", async () => {
    const created = { type: "response.created", response: { id: "resp_1" }, event_id: "event_7" };
    told(created);
    sound(200);
    finish("completed");
    await clock.advance(100);
    expect(toBrowser.slice(0, 2)).toEqual([
      created,
      { type: "response.done", response: { id: "resp_1", status: "completed" } },
    ]);
    await clock.advance(300);
    expect(types()).toEqual([
      "response.created",
      "response.done",
      "output_audio_buffer.started",
      "output_audio_buffer.stopped",
    ]);
    expect(toBrowser.at(-1)).toMatchObject({ response_id: "resp_1" });
    const decoder = await createSpeechDecoder();
    const loud = packets
      .map((packet) => decoder.decode(readRtpPacket(packet)!.payload))
      .filter((samples) => Math.max(...samples) > 3_000);
    expect(loud.length).toBeGreaterThanOrEqual(9);
    expect(loud.length).toBeLessThanOrEqual(12);
    decoder.close();
  });

  it("plays responses one after another", async () => {
    sound(100);
    finish("completed");
    sound(100, "resp_2");
    finish("completed", "resp_2");
    await clock.advance(400);
    const buffer = toBrowser.filter(({ type }) => type.startsWith("output_audio_buffer."));
    expect(buffer.map(({ response_id: id }) => id)).toEqual([
      ...["resp_1", "resp_1", "resp_2", "resp_2"],
    ]);
  });

  it("that is longer than the channel takes is told of", () => {
    maxBytes = 300;
    told({ type: "session.updated", text: "x".repeat(301) });
    expect(toBrowser).toMatchObject([{ type: "error", error: { code: "event_too_long" } }]);
  });
});

describe("speech over a response", () => {
  const speech = { type: "input_audio_buffer.speech_started", item_id: "item_2" };

  it("empties the pacer at once, and the conversation remembers what was played", async () => {
    sound(5_000);
    finish("completed");
    await clock.advance(1_000);
    told(speech);
    expect(types().slice(-2)).toEqual([
      "input_audio_buffer.speech_started",
      "output_audio_buffer.cleared",
    ]);
    expect(toInference).toMatchObject([
      { type: "conversation.item.truncate", item_id: "item_of_resp_1", content_index: 0 },
    ]);
    expect(toInference[0]?.audio_end_ms).toBeGreaterThanOrEqual(980);
    expect(toInference[0]?.audio_end_ms).toBeLessThanOrEqual(1_020);
    const { length } = packets;
    await clock.advance(500);
    const decoder = await createSpeechDecoder();
    const later = packets.slice(length + 4).map((packet) => {
      const samples = decoder.decode(readRtpPacket(packet)!.payload);
      return Math.max(...samples);
    });
    expect(Math.max(...later.slice(3))).toBeLessThan(300);
    decoder.close();
  });

  it("leaves it alone where the session does not let it interrupt", async () => {
    told(withDetection({ type: "server_vad", interrupt_response: false }));
    sound(1_000);
    await clock.advance(200);
    told(speech);
    expect(types()).not.toContain("output_audio_buffer.cleared");
    told(withDetection({ type: "server_vad", interrupt_response: true }));
    told(speech);
    expect(types()).toContain("output_audio_buffer.cleared");
  });

  it("lets no late sound of it through", async () => {
    sound(200);
    await clock.advance(100);
    told(speech);
    finish("cancelled");
    sound(500);
    await clock.advance(500);
    expect(types().filter((type) => type === "output_audio_buffer.started")).toHaveLength(1);
    expect(toInference).toHaveLength(1);
  });

  it("tells the browser nothing of a refusal that it did not cause", () => {
    sound(100);
    told(speech);
    const [{ event_id } = { event_id: "" }] = toInference;
    told({ type: "error", error: { type: "invalid_request_error", message: "no item", event_id } });
    told({ type: "error", error: { type: "invalid_request_error", message: "its own" } });
    const errors = toBrowser.filter(({ type }) => type === "error");
    expect(errors).toMatchObject([{ error: { message: "its own" } }]);
  });
});

describe("what the browser says", () => {
  it("goes to inference as it is, and settings without a form of sound", () => {
    const create = { type: "response.create", event_id: "mine", response: { x: 1 } };
    session.receive(JSON.stringify(create));
    const audio = { input: { format: { type: "audio/pcmu" } }, output: { voice: "cedar" } };
    session.receive(JSON.stringify({ type: "session.update", session: { audio, tools: [] } }));
    const pcm = { type: "audio/pcm", rate: 24_000 };
    expect(toInference).toEqual([
      create,
      {
        type: "session.update",
        session: {
          type: "realtime",
          tools: [],
          audio: { input: { format: pcm }, output: { voice: "cedar", format: pcm } },
        },
      },
    ]);
  });

  it("clears the agent's sound here", async () => {
    sound(1_000);
    await clock.advance(100);
    session.receive(JSON.stringify({ type: "output_audio_buffer.clear" }));
    expect(types()).toContain("output_audio_buffer.cleared");
    expect(toInference).toMatchObject([{ type: "conversation.item.truncate" }]);
  });

  it("and hears becomes sound of 24 kHz", () => {
    const frame = { samples: new Int16Array(320).fill(1_000), arrivedAtMs: clock.now() };
    for (let index = 0; index < 50; index++) session.hear(frame);
    const bytes = toInference.map(({ audio }) => Buffer.from(audio as string, "base64").length);
    const total = bytes.reduce((sum, each) => sum + each, 0);
    expect(toInference[0]?.type).toBe("input_audio_buffer.append");
    expect(Math.abs(total - 48_000)).toBeLessThan(500);
  });

  it("is dropped and counted while inference does not read, and ends the call where it asks", () => {
    link.isWritable = false;
    session.hear({ samples: new Int16Array(320), arrivedAtMs: clock.now() });
    expect(session.counts.microphone).toBe(1);
    session.receive(JSON.stringify({ type: "response.create" }));
    expect(ends).toEqual(["stuck"]);
    expect(toInference).toEqual([]);
  });
});

describe("the end", () => {
  it("is told with an event when the session is lost", () => {
    link.handlers?.onLost();
    expect(toBrowser).toMatchObject([{ type: "error", error: { code: "session_lost" } }]);
    expect(ends).toEqual(["session-lost"]);
  });

  it("comes after a while in which nothing is said", async () => {
    await clock.advance(6_000);
    told({ type: "input_audio_buffer.speech_started" });
    await clock.advance(8_000);
    expect(ends).toEqual([]);
    await clock.advance(2_000);
    expect(ends).toEqual(["idle"]);
    expect(toBrowser.at(-1)).toMatchObject({ error: { code: "session_expired" } });
  });

  it("closes the link, and nothing is sent any more", async () => {
    sound(1_000);
    await clock.advance(100);
    session.close();
    session.close();
    expect(link.isClosed).toBe(true);
    const { length } = packets;
    await clock.advance(1_000);
    expect(packets).toHaveLength(length);
  });
});
