/** Where the voice bot's server has its WebSocket. */
const streamPath = "/ws/tts/stream";

/** What a WebSocket is opened to: its usual path is added to a bare host. */
export function streamAddress(url: URL): URL {
  if (url.pathname !== "/") return url;
  return new URL(streamPath, url);
}

/** `POST` for speech in OpenAI's way. */
export function speechAddress(url: URL): URL {
  return below(url, "audio/speech");
}

/** `GET` for the voices there, by whichever door they speak. */
export function configAddress(url: URL): URL {
  if (!isStream(url)) return below(url, "audio/config");
  const address = new URL(streamAddress(url));
  address.protocol = url.protocol === "wss:" ? "https:" : "http:";
  address.pathname = `${address.pathname.replace(/\/ws\/tts\/stream\/?$/u, "")}/v1/audio/config`;
  return address;
}

export function isStream({ protocol }: URL): boolean {
  return protocol === "ws:" || protocol === "wss:";
}

function below(url: URL, path: string): URL {
  const address = new URL(url);
  address.pathname = `${url.pathname.replace(/\/+$/u, "")}/${path}`;
  return address;
}
