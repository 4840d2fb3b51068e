import type { ClientBase } from "pg";
import { z } from "zod";
import { migrations } from "./migrations";

/** Number of the advisory lock of Parley's migrations: "parl" in ASCII. */
const lockNumber = 0x7061_726c;

const encodingSchema = z.tuple([z.object({ server_encoding: z.string() })]);
const doneSchema = z.array(z.object({ name: z.string() }));

/**
 * Brings the database up to date. Servers that start at the same time wait for each other; a database
 * that a newer version has been at is left as it is.
 *
 * @throws what the database says, or an error that names the encoding of one that is not UTF-8
 */
export async function migrate(client: ClientBase): Promise<void> {
  const [{ server_encoding: encoding }] = encodingSchema.parse(
    (await client.query("show server_encoding")).rows,
  );
  if (encoding !== "UTF8") {
    throw new Error(`the database's encoding is ${encoding}; make one with encoding UTF8`);
  }
  await client.query("select pg_advisory_lock($1)", [lockNumber]);
  try {
    await client.query(
      "create table if not exists migrations (name text primary key, done_at timestamptz not null default now())",
    );
    const { rows } = await client.query("select name from migrations");
    const done = new Set(doneSchema.parse(rows).map(({ name }) => name));
    for (const { name, sql } of migrations) {
      if (!done.has(name)) await runOnce(client, name, sql);
    }
  } finally {
    // A connection that broke has let the lock go by itself.
    await client.query("select pg_advisory_unlock($1)", [lockNumber]).catch(() => undefined);
  }
}

async function runOnce(client: ClientBase, name: string, sql: string): Promise<void> {
  await client.query("begin");
  try {
    await client.query(sql);
    await client.query("insert into migrations (name) values ($1)", [name]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}
