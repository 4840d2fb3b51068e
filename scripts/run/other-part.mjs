/** Addresses that only this machine reaches. */
const LOOPBACK = /^(localhost|127\.[\d.]+|::1|\[::1\])$/;

/**
 * @typedef {object} InferenceDoor
 * @property {number} port
 * @property {boolean} isOpen Whether other machines reach it.
 * @property {string} localHost A host at which this machine reaches it, as it stands in addresses.
 */

/**
 * Where the inference server listens, by its environment.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {number} port
 * @returns {InferenceDoor}
 */
export function inferenceDoor(environment, port) {
  const host = environment.INFERENCE_HOST?.trim() || "127.0.0.1";
  const isEvery = host === "0.0.0.0" || host === "::";
  const written = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  return { port, isOpen: !LOOPBACK.test(host), localHost: isEvery ? "127.0.0.1" : written };
}

/**
 * What the terminal says when inference runs alone: how a media server finds it.
 *
 * @param {object} choices
 * @param {InferenceDoor} choices.door
 * @param {NodeJS.ProcessEnv} choices.environment
 * @param {string | null} choices.madeKey The key that this start has made, for want of the operator's.
 * @param {string[]} choices.addresses Of this machine, the likeliest first.
 * @returns {string[]}
 */
export function findInferenceLines({ door, environment, madeKey, addresses }) {
  const keyLines =
    madeKey === null
      ? []
      : [
          `  Its key was made for this start: INFERENCE_KEY=${madeKey}`,
          "  Set one of your own, the same for both parts, to keep it.",
        ];
  if (environment.NATS_URL?.trim()) {
    return [
      "  Media servers with the same NATS_URL and INFERENCE_KEY find it through NATS.",
      ...keyLines,
    ];
  }
  const command = "npm start -- --only media-server";
  const here = `ws://${door.localHost}:${door.port}`;
  const isUsual = here === "ws://127.0.0.1:8080";
  const key = door.isOpen ? "INFERENCE_KEY=… " : "";
  const lines = [`  On this machine: ${isUsual ? "" : `INFERENCE_URL=${here} `}${key}${command}`];
  if (!door.isOpen) {
    return [...lines, "  For other machines, start it with INFERENCE_HOST=0.0.0.0."];
  }
  const away = addresses.map(
    (address) => `  Elsewhere: INFERENCE_URL=ws://${address}:${door.port} ${key}${command}`,
  );
  return [...lines, ...away, ...keyLines];
}

/**
 * What the terminal says when the media server runs alone: where it looks for inference.
 *
 * @param {NodeJS.ProcessEnv} environment As the media server gets it.
 * @returns {string[]}
 */
export function lookForInferenceLines(environment) {
  const urls = (environment.INFERENCE_URL ?? "").split(",").map((url) => url.trim());
  const isAway = urls.some((url) => URL.canParse(url) && !LOOPBACK.test(new URL(url).hostname));
  const byNats = Boolean(environment.NATS_URL?.trim());
  const hasKey = Boolean(environment.INFERENCE_KEY?.trim());
  return [
    byNats
      ? "  It looks for inference through NATS (NATS_URL)."
      : `  It looks for inference at ${urls.join(", ")} (INFERENCE_URL).`,
    ...((isAway || byNats) && !hasKey
      ? ["  INFERENCE_KEY is not set: inference on another machine will refuse it."]
      : []),
  ];
}
