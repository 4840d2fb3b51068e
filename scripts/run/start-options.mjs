import { Problem } from "../report/problem.mjs";

/** The servers, either of which `npm start -- --only` starts alone. */
const PARTS = /** @type {const} */ (["inference", "media-server"]);

/**
 * @typedef {typeof PARTS[number]} Part
 *
 * @typedef {object} StartOptions
 * @property {boolean} isDevelopment Restarts and page reloads when sources change.
 * @property {boolean} isShared Lets other machines of this network in.
 * @property {Part | null} only The server that is started alone; null for all there is.
 */

/**
 * Reads what stands behind `npm start --`.
 *
 * @param {string[]} parameters
 * @returns {StartOptions}
 */
export function startOptions(parameters) {
  /** @type {StartOptions} */
  const options = { isDevelopment: false, isShared: false, only: null };
  const rest = parameters.flatMap((parameter) =>
    parameter.startsWith("--only=") ? ["--only", parameter.slice("--only=".length)] : [parameter],
  );
  while (rest.length > 0) {
    const parameter = rest.shift();
    if (parameter === "--dev") options.isDevelopment = true;
    else if (parameter === "--share") options.isShared = true;
    else if (parameter === "--only") options.only = partNamed(rest.shift());
    else {
      throw new Problem(
        `npm start does not know ${parameter}.`,
        "npm start -- --share lets others of this network in; npm start -- --only inference, or media-server, starts one part.",
      );
    }
  }
  return checked(options);
}

/**
 * @param {string | undefined} name
 * @returns {Part}
 */
function partNamed(name) {
  const part = PARTS.find((known) => known === name);
  if (part !== undefined) return part;
  throw new Problem(
    `--only is followed by the part to start${name === undefined ? "" : `, not by ${name}`}.`,
    "npm start -- --only inference, or npm start -- --only media-server.",
  );
}

/** @param {StartOptions} options */
function checked(options) {
  if (options.isDevelopment && options.isShared) {
    throw new Problem("The development server cannot be shared.", "npm start -- --share can.");
  }
  if (options.isDevelopment && options.only !== null) {
    throw new Problem(
      "The development server runs all parts.",
      `npm start -- --only ${options.only} starts one.`,
    );
  }
  if (options.isShared && options.only === "inference") {
    throw new Problem(
      "Inference has no page that could be shared.",
      "npm start -- --only media-server --share shares the page; INFERENCE_HOST=0.0.0.0 lets media servers of other machines in.",
    );
  }
  return options;
}
