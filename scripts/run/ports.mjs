import net from "node:net";
import { Problem } from "../report/problem.mjs";

/**
 * Reads a port from the environment.
 *
 * @param {string} variable Such as "PORT".
 * @param {number} fallback
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {number}
 */
export function portFrom(variable, fallback, environment = process.env) {
  const text = environment[variable];
  if (!text) return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Problem(
    `${variable}=${text} is not a port.`,
    `set ${variable} to a whole number from 1 to 65535, or unset it for ${fallback}.`,
  );
}

/**
 * Checks that a port is free; if not, throws a problem that names the variable to change.
 *
 * @param {number} port
 * @param {string} variable The environment variable that chooses it.
 * @param {string} purpose What listens there, such as "the web page".
 */
export async function requireFreePort(port, variable, purpose) {
  const server = net.createServer();
  try {
    await new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, () => resolve(undefined));
    });
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    const free = `choose another with ${variable}, for example: ${variable}=${port + 10} npm start`;
    if (code === "EADDRINUSE") {
      throw new Problem(
        `Port ${port}, for ${purpose}, is already in use.`,
        `stop what uses it (another Parley, perhaps), or ${free}`,
      );
    }
    throw new Problem(`Port ${port}, for ${purpose}, cannot be opened (${code}).`, free, {
      cause: error,
    });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
