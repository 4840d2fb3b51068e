import type { Clock } from "@parley/shared/async/clock";
import { errorMessage } from "@parley/shared/errors";
import { Pool } from "pg";
import type { Log } from "../../contracts/log";
import { migrate } from "./migrate";

/** How often the database is asked whether it is there, in ms. */
const askEveryMs = 1_000;
/** Somebody waits for the answer. */
const connectMs = 3_000;
/** Limit on one statement, in ms, here and there: the longest reads a room of some megabytes. */
const statementMs = 10_000;
/** Connections of one server: each is used for some milliseconds at a time. */
const maxConnections = 8;

/**
 * A PostgreSQL database that may come late, go away and come back: it is migrated before anything
 * else, asked every second whether it is there, and nobody waits for it to start.
 */
export class Database {
  readonly #pool: Pool;
  readonly #services: { clock: Clock; log: Log };
  readonly #listeners = new Set<() => void>();
  readonly #closing = new AbortController();
  readonly #asking: Promise<void>;
  /** Resolves once it is prepared, or could not be at the first try. */
  readonly #firstTry: Promise<void>;
  #isMigrated = false;
  #isAnswering = false;
  #hasComplained = false;

  /** @param url such as `postgres://user:password@10.0.0.3/parley`; what `pg` reads of it holds */
  constructor(url: string, services: { clock: Clock; log: Log }) {
    this.#services = services;
    this.#pool = new Pool({
      connectionString: url,
      application_name: "parley media-server",
      max: maxConnections,
      connectionTimeoutMillis: connectMs,
      statement_timeout: statementMs,
      query_timeout: statementMs,
      keepAlive: true,
      // The process may end while connections idle.
      allowExitOnIdle: true,
    });
    // An idle connection that breaks is replaced; without a listener the process would end.
    this.#pool.on("error", () => undefined);
    this.#firstTry = this.#ask();
    this.#asking = this.#keepAsking();
  }

  /** Whether it answered when it was asked last, a second ago at most. */
  get isAnswering(): boolean {
    return this.#isAnswering;
  }

  /** Calls back whenever it answers again. @returns a function that ends it */
  onReturn(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /**
   * @returns the rows
   * @throws what the database or the network says
   */
  async query(sql: string, values: readonly unknown[]): Promise<unknown[]> {
    if (!this.#isMigrated) await this.#firstTry;
    if (!this.#isMigrated) throw new Error("the database is not prepared yet");
    const { rows } = await this.#pool.query<Record<string, unknown>>(sql, [...values]);
    return rows;
  }

  /** Idempotent. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#listeners.clear();
    await this.#asking;
    await this.#pool.end();
  }

  async #keepAsking(): Promise<void> {
    const { clock } = this.#services;
    const { signal } = this.#closing;
    const isClosed = () => signal.aborted;
    for (let isFirst = true; !isClosed(); isFirst = false) {
      try {
        await (isFirst ? this.#firstTry : this.#ask());
        this.#setAnswering(true);
      } catch (error) {
        if (isClosed()) return;
        this.#complain(error);
        this.#setAnswering(false);
      }
      await clock.delay(askEveryMs, signal).catch(() => undefined);
    }
  }

  async #ask(): Promise<void> {
    if (this.#isMigrated) {
      await this.#pool.query("select 1");
      return;
    }
    const client = await this.#pool.connect();
    try {
      await migrate(client);
      this.#isMigrated = true;
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  #setAnswering(isAnswering: boolean): void {
    if (this.#isAnswering === isAnswering) return;
    this.#isAnswering = isAnswering;
    if (!isAnswering) return;
    this.#hasComplained = false;
    this.#services.log.info({}, "the database answers");
    for (const listener of [...this.#listeners]) listener();
  }

  #complain(error: unknown): void {
    if (this.#hasComplained) return;
    this.#hasComplained = true;
    const reason = errorMessage(error);
    this.#services.log.error({ reason }, "the database does not answer; trying again");
  }
}
