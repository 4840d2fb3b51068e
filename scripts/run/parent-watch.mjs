const POLL_MS = 500;

/**
 * Calls back once when the process that started this one is gone, if that was npm. npm hands a
 * SIGTERM on to its shell, which dies of it without telling anybody; a killed npm tells nobody at
 * all. Both leave this process with another parent.
 *
 * Started without npm, the parent may go: a shell that put it into the background and was closed.
 *
 * @param {() => void} onGone
 * @param {{ environment?: NodeJS.ProcessEnv, parentId?: () => number }} [circumstances]
 * @returns {() => void} Ends the watching.
 */
export function watchParent(
  onGone,
  { environment = process.env, parentId = () => process.ppid } = {},
) {
  if (environment.npm_lifecycle_event === undefined) return () => undefined;
  const first = parentId();
  const timer = setInterval(() => {
    if (parentId() === first) return;
    clearInterval(timer);
    onGone();
  }, POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
