/** True when the error is a cancellation, which is never logged and never shown. */
export function isAbort(error: unknown, signal?: AbortSignal): boolean {
  if (signal?.aborted === true && error === signal.reason) return true;
  return error instanceof DOMException && error.name === "AbortError";
}

/** A child controller: aborted with its parent, or alone. */
export function childController(parent: AbortSignal): AbortController {
  const controller = new AbortController();
  if (parent.aborted) {
    controller.abort(parent.reason);
    return controller;
  }
  const onAbort = () => {
    controller.abort(parent.reason);
  };
  parent.addEventListener("abort", onAbort, { once: true, signal: controller.signal });
  return controller;
}
