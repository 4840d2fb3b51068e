import { Client } from "pg";
import { z } from "zod";

/** Somebody waits for the answer. */
const limitMs = 3_000;

const rowsSchema = z.tuple([
  z.object({ version: z.string(), encoding: z.string(), may_create: z.boolean() }),
]);

/** What a database says of itself, as far as Parley needs it. */
export type DatabaseState = { version: string; encoding: string; mayCreateTables: boolean };

/** Asks PostgreSQL once, without patience. @throws what the database or the network says */
export async function askDatabase(url: string): Promise<DatabaseState> {
  const client = new Client({
    connectionString: url,
    application_name: "parley doctor",
    connectionTimeoutMillis: limitMs,
    query_timeout: limitMs,
  });
  // A connection that breaks rejects the query as well.
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query(
      `select current_setting('server_version') as version,
        current_setting('server_encoding') as encoding,
        has_schema_privilege(current_schema(), 'create') as may_create`,
    );
    const [{ version, encoding, may_create: mayCreateTables }] = rowsSchema.parse(rows);
    return { version, encoding, mayCreateTables };
  } finally {
    await client.end().catch(() => undefined);
  }
}
