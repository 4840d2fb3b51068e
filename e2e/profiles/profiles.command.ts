/**
 * `npm run profiles`: runs the profiles of docker/compose.yaml on a machine without Docker, as far as
 * that goes, and talks to what runs. As root on Linux. `--only ipv6|cluster|cluster-tls|llamacpp|vllm` tries one.
 */
import { parseArgs } from "node:util";
import { enterPrivateNetwork } from "../support/network/private-network";
import { whyNoNetwork } from "../support/network/test-network";
import { tryChatServer } from "./chat-server-scene";
import { tryCluster, tryClusterBehindCaddy } from "./cluster-scene";
import { tryIpv6 } from "./ipv6-scene";

const { values } = parseArgs({ options: { only: { type: "string" } } });
const scenes: Record<string, () => Promise<void>> = {
  ipv6: tryIpv6,
  cluster: tryCluster,
  "cluster-tls": tryClusterBehindCaddy,
  llamacpp: () => tryChatServer("llamacpp", {}),
  vllm: () =>
    tryChatServer("vllm", {
      LLM_EXTRA_BODY: '{"chat_template_kwargs":{"enable_thinking":false}}',
    }),
};
const chosen = Object.entries(scenes).filter(
  ([name]) => values.only === undefined || values.only === name,
);
if (chosen.length === 0) throw new Error(`the scenes are ${Object.keys(scenes).join(", ")}`);

const whyNot = whyNoNetwork();
if (whyNot !== null) throw new Error(whyNot);
const endedWith = await enterPrivateNetwork();
if (endedWith === null) {
  for (const [name, play] of chosen) {
    const startMs = performance.now();
    console.log(name);
    await play();
    console.log(`  ${name} works, after ${Math.round((performance.now() - startMs) / 1_000)} s.`);
  }
} else process.exitCode = endedWith;
