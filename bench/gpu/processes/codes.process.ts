import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { magpieManifestSchema } from "@parley/nemo-onnx/convert/magpie-manifest";
import { MagpieEngine } from "@parley/speech/magpie/engine/magpie-engine";
import { codeCodec } from "@parley/speech/magpie/testing/code-codec";
import { requestFor, speakIds } from "@parley/speech/magpie/testing/speak-ids";
import { serveProcess } from "@parley/threads/server/serve-process";
import type { CodesCalls } from "./codes-calls";

const textTokens = 24;

const calls: CodesCalls = {
  async speak({ directory, provider, replies, frames }) {
    const text = await readFile(join(directory, "parley.json"), "utf8");
    const manifest = magpieManifestSchema.parse(JSON.parse(text));
    // None ends before the last frame.
    const inference = { minGeneratedFrames: frames + 1, maxDecoderSteps: frames };
    const settings = { model: directory, threads: 1, providers: [provider], inference };
    const engine = await MagpieEngine.openWith(
      { ...settings, maxStreams: replies },
      codeCodec(manifest),
    );
    const { runsOn, remarks } = engine;
    const spoken = await Promise.all(
      Array.from({ length: replies }, (_, reply) => {
        const ids = Array.from({ length: textTokens - 1 }, (_, place) => {
          return (place * 31 + reply * 7) % (manifest.textTokens - 2);
        });
        const voice = reply % manifest.voices.length;
        return speakIds(engine, requestFor([...ids, manifest.textTokens - 1], { voice }));
      }),
    );
    await engine.close();
    const codes = spoken.map((reply) =>
      Array.from({ length: frames }, (_, frame) => reply.codes.map((book) => book[frame] ?? -1)),
    );
    return { runsOn, remarks, codes: codes.map((reply) => reply.flat()) };
  },
};

await serveProcess<typeof calls>(() => ({ calls }));
