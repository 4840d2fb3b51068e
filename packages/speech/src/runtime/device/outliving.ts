import type { ThreadClient } from "@parley/threads/thread-client";

/**
 * Runs a task over calls to an engine's thread, and once again when the thread died meanwhile: a
 * device that was lost takes its thread along, and the next one has another device.
 */
export async function outliving<Result>(
  thread: Pick<ThreadClient<never>, "life" | "isReady">,
  task: () => Promise<Result>,
): Promise<Result> {
  const { life } = thread;
  try {
    return await task();
  } catch (error) {
    if (thread.life === life && thread.isReady) throw error;
    return await task();
  }
}
