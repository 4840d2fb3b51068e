/**
 * Stops with a plain message when this Node is too old. Import it first, for its effect.
 *
 * Keep the syntax here and in everything imported with it readable for Node 16, so that an old Node
 * reaches this message instead of a syntax error.
 */
const REQUIRED_MAJOR = 20;
const REQUIRED_MINOR = 19;

/**
 * @param {string} version Such as "22.3.0".
 * @returns {boolean}
 */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > REQUIRED_MAJOR || (major === REQUIRED_MAJOR && minor >= REQUIRED_MINOR);
}

if (!isSupportedNode(process.versions.node)) {
  console.error(
    `\n✗ Parley needs Node ${REQUIRED_MAJOR}.${REQUIRED_MINOR} or newer; this is ${process.versions.node}.\n` +
      "  What to do: install Node 22 or 24 (from nodejs.org, or with nvm: nvm install 22), then try again.\n",
  );
  process.exit(1);
}
