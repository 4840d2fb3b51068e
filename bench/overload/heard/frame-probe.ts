import type { Page } from "@playwright/test";

declare global {
  /** Times at which frames of the agent's voice came from the network, in ms of Unix time. */
  var parleyFrames: number[] | undefined;
}

/** Stamps each frame on its way from the network to the jitter buffer, on a thread of its own. */
const stamping = `onrtctransform = ({ transformer: { readable, writable, options } }) => {
  const stamp = new TransformStream({
    transform(frame, controller) {
      options.port.postMessage(performance.timeOrigin + performance.now());
      controller.enqueue(frame);
    },
  });
  void readable.pipeThrough(stamp).pipeTo(writable);
};`;

/**
 * Keeps the time at which each frame of others' voices reached this browser, before its jitter
 * buffer hides a gap. The page's content security policy must be bypassed, for the thread's sake.
 */
export async function installFrameProbe(page: Page): Promise<void> {
  await page.addInitScript((source) => {
    const times: number[] = [];
    globalThis.parleyFrames = times;
    const script = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const Original = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener("track", ({ receiver }) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data }: MessageEvent<number>) => times.push(data);
          const worker = new Worker(script);
          receiver.transform = new RTCRtpScriptTransform(worker, { port: port2 }, [port2]);
        });
      }
    };
  }, stamping);
}

/** The times of all frames so far. */
export async function frameTimes(page: Page): Promise<number[]> {
  return page.evaluate(() => globalThis.parleyFrames ?? []);
}
