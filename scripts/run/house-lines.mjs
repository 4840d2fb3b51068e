const ANSWER_MS = 5000;

/**
 * What hears, thinks and speaks, and the one step that would help most, for the terminal.
 *
 * @param {string} address Such as `http://localhost:7860`.
 * @param {typeof fetch} [ask]
 * @returns {Promise<string[]>} Two lines at most; none when the server does not tell.
 */
export async function houseLines(address, ask = fetch) {
  try {
    const answer = await ask(`${address}/api/house`, { signal: AbortSignal.timeout(ANSWER_MS) });
    if (!answer.ok) return [];
    const { hears, thinks, speaks, better } = await answer.json();
    const first = `  Hears with ${nameOf(hears)}, thinks with ${nameOf(thinks)}, speaks with ${nameOf(speaks)}.`;
    return better === null ? [first] : [first, `  ${stepFor(better, address)}`];
  } catch {
    return [];
  }
}

/** @param {{ title: string, isDemonstration: boolean }} part */
function nameOf({ title, isDemonstration }) {
  return isDemonstration ? `${title} (a demonstration)` : title;
}

/**
 * @param {{ name: string, title: string, downloadBytes: number | null, state: string }} better
 * @param {string} address
 */
function stepFor({ name, title, downloadBytes, state }, address) {
  if (state === "ready")
    return `Better on this machine: ${title}, which is here; choose it at ${address}/models`;
  if (state === "coming")
    return `Better on this machine: ${title}, which is on its way: ${address}/models`;
  const size = downloadBytes === null ? "" : ` (${(downloadBytes / 1e9).toFixed(1)} GB)`;
  return `Better on this machine: ${title}${size}: ${address}/models, or npx parley models pull ${name}`;
}
