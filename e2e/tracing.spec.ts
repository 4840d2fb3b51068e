import { writeWave } from "@parley/audio/wave/write-wave";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { startParley, type ParleyInstance } from "./support/parley-instance";
import { secondTestPort } from "./support/port";
import { expect, test } from "./support/test";
import { TraceCollector } from "./support/trace-collector";

let collector: TraceCollector;
let parley: ParleyInstance;

test.use({ baseURL: `http://localhost:${secondTestPort}` });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  collector = await TraceCollector.start();
  parley = await startParley(secondTestPort, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_BSP_SCHEDULE_DELAY: "200",
  });
});

test.afterAll(async () => {
  await parley.close();
  collector.close();
});

test("each spoken turn is one trace over both servers, and its spans add up", async ({
  talker,
}) => {
  const room = await talker();
  await room.createAndGreet("Ann");
  const questions = ["what is four times eleven", "what is twelve plus seven"];
  for (const question of questions) {
    await room.say(question, "rms");
    await room.expectAnswered();
    await room.expectState("listening");
  }
  const turns = () =>
    collector.spans.filter(
      ({ name, attributes }) => name === "turn" && attributes["parley.turn.end"] === "answered",
    );
  await expect.poll(() => turns().length).toBeGreaterThanOrEqual(questions.length);
  for (const turn of turns()) {
    const ofTurn = () => collector.spans.filter(({ traceId }) => traceId === turn.traceId);
    await expect.poll(() => ofTurn().map(({ name }) => name)).toContain("heard");
    const named = (name: string) => {
      const spans = ofTurn().filter((span) => span.name === name);
      expect(spans, name).toHaveLength(1);
      return spans[0]!;
    };
    expect(turn.service).toBe("parley-inference");
    const [microphone, answer, heard] = [named("microphone"), named("answer"), named("heard")];
    for (const step of ["end of turn", "recognition", "chat", "clauses", "synthesis"]) named(step);
    // The other server's, within the same trace.
    expect(heard.service).toBe("parley-media-server");
    expect(heard.parentSpanId).toBe(turn.spanId);
    // One after the other: spoken, waited for, heard. Within a rounding of the stamps.
    expect(answer.startMs).toBeCloseTo(microphone.endMs, 1);
    expect(heard.startMs).toBeCloseTo(answer.endMs, 1);
    expect(microphone.startMs).toBeCloseTo(turn.startMs, 1);
    const parts = ofTurn().filter(({ parentSpanId }) => parentSpanId === answer.spanId);
    const sum = parts.reduce((ms, { startMs, endMs }) => ms + endMs - startMs, 0);
    expect(sum).toBeCloseTo(answer.endMs - answer.startMs, 0);
  }
  expect(JSON.stringify(collector.spans)).not.toMatch(/four|eleven|twelve|seven/i);
});

test("a file that is transcribed belongs to the trace of whoever sent it", async ({
  request,
  speech,
}) => {
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const samples = await speech.say("good morning", "rms", AbortSignal.timeout(30_000));
  const wave = writeWave({ sampleRate: speechRate, samples });
  const answer = await request.post(
    `http://127.0.0.1:${secondTestPort + 1}/v1/audio/transcriptions`,
    {
      headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
      multipart: {
        file: { name: "speech.wav", mimeType: "audio/wav", buffer: Buffer.from(wave) },
        model: "any",
      },
    },
  );
  expect(answer.status()).toBe(200);
  const ofClient = () => collector.spans.filter((span) => span.traceId === traceId);
  await expect
    .poll(() =>
      ofClient()
        .map(({ name }) => name)
        .sort(),
    )
    .toEqual(["POST /v1/audio/transcriptions", "recognition"]);
});
