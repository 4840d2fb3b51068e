import { fleet } from "@parley/settings/declarations/fleet";
import { errorMessage } from "@parley/shared/errors";
import type { CheckContext } from "../check-context";
import { type Finding, good, wrong } from "../finding";

/** Whether PostgreSQL answers and rooms can be kept in it. */
export async function checkDatabase({ environment, machine }: CheckContext): Promise<Finding[]> {
  const url = fleet.DATABASE_URL.schema.safeParse(environment.DATABASE_URL);
  if (!url.success || url.data === undefined) return [];
  try {
    const { version, encoding, mayCreateTables } = await machine.askDatabase(url.data);
    if (encoding !== "UTF8") {
      const cure = "make one with: createdb --encoding=UTF8 --template=template0";
      return [wrong("DATABASE_URL", `the database's encoding is ${encoding}`, cure)];
    }
    if (!mayCreateTables) {
      const cure = "grant it: GRANT CREATE ON SCHEMA public TO its name";
      return [wrong("DATABASE_URL", "the user may not create tables", cure)];
    }
    return [good("DATABASE_URL", `PostgreSQL ${version} answers`)];
  } catch (error) {
    const message = `PostgreSQL cannot be used: ${errorMessage(error)}`;
    return [wrong("DATABASE_URL", message, "start it, or correct the address, user or password")];
  }
}
