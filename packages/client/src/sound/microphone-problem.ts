import { ProblemError } from "../problem";

/** Problem code for an error of `getUserMedia`. */
export function microphoneProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const name = error instanceof DOMException ? error.name : "";
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return new ProblemError("permission-denied", "the microphone was refused", { cause: error });
    case "NotFoundError":
    case "OverconstrainedError":
      return new ProblemError("no-microphone", "no microphone was found", { cause: error });
    case "NotReadableError":
    case "AbortError":
      return new ProblemError("microphone-in-use", "the microphone is busy", { cause: error });
    default:
      return new ProblemError("unsupported-browser", "no microphone access", { cause: error });
  }
}

/**
 * Media devices of the browser.
 *
 * @throws ProblemError `insecure-page` or `unsupported-browser` where there are none.
 */
export function requireMediaDevices(): MediaDevices {
  const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  if (devices !== undefined && "getUserMedia" in devices) return devices;
  if (!globalThis.isSecureContext) {
    throw new ProblemError("insecure-page", "microphones need HTTPS or localhost");
  }
  throw new ProblemError("unsupported-browser", "this browser has no media devices");
}
