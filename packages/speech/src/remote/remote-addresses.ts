/** Path of the voice bot's WebSocket. */
const streamPath = "/ws/tts/stream";

/** Address of the WebSocket: the usual path is added to a bare host. */
export function streamAddress(url: URL): URL {
  if (url.pathname !== "/") return url;
  return new URL(streamPath, url);
}

/** Address of OpenAI's `POST` for speech. */
export function speechAddress(url: URL): URL {
  return below(url, "audio/speech");
}

/** Address of OpenAI's `POST` for files of sound. */
export function transcriptionsAddress(url: URL): URL {
  return below(url, "audio/transcriptions");
}

/** Address of the `GET` that describes the voices, for both transports. */
export function configAddress(url: URL): URL {
  if (!isStream(url)) return below(url, "audio/config");
  const address = new URL(streamAddress(url));
  address.protocol = url.protocol === "wss:" ? "https:" : "http:";
  address.pathname = `${address.pathname.replace(/\/ws\/tts\/stream\/?$/u, "")}/v1/audio/config`;
  return address;
}

/** Whether a machine is reached by the WebSocket. */
export function isStream({ protocol }: URL): boolean {
  return protocol === "ws:" || protocol === "wss:";
}

function below(url: URL, path: string): URL {
  const address = new URL(url);
  address.pathname = `${url.pathname.replace(/\/+$/u, "")}/${path}`;
  return address;
}
