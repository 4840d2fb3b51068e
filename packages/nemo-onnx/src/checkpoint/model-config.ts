import { isCollection, Lexer, parseDocument, Parser, visit } from "yaml";
import { ModelError } from "../errors";

/** NeMo writes none; this is for files edited by hand. */
const mostAliases = 100;
/** Tokens within tokens; NeMo's configurations have some twenty. */
const deepestNesting = 200;

/**
 * Parses a `model_config.yaml` as data (YAML 1.2, core schema). Unknown tags, such as those of
 * Python objects, mean nothing: what they stand at is read as plain.
 *
 * @param name for messages
 * @throws ModelError `malformed`, or `refused` for aliases that contain themselves or multiply and
 *   for deep nesting
 */
export function parseModelConfig(text: string, name: string): unknown {
  checkNesting(text, name);
  const document = parseDocument(text, { logLevel: "error", uniqueKeys: true, merge: false });
  const [error] = document.errors;
  if (error !== undefined) {
    throw new ModelError("malformed", `${name}: ${firstLine(error.message)}`, { cause: error });
  }
  visit(document, {
    Alias(_key, alias, path) {
      const isCyclic = path.some((node) => isCollection(node) && node.anchor === alias.source);
      if (isCyclic) throw new ModelError("refused", `${name}: *${alias.source} contains itself`);
    },
  });
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (cause) {
    const reason = cause instanceof Error ? firstLine(cause.message) : "unknown";
    throw new ModelError("refused", `${name}: ${reason}`, { cause });
  }
}

/**
 * Composing is recursive, and V8 ends the whole process when a regular expression is compiled with
 * the stack all but full; so the depth is bounded before.
 */
function checkNesting(text: string, name: string): void {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    Array.from(parser.next(lexeme));
    if (parser.stack.length > deepestNesting) {
      throw new ModelError("refused", `${name}: nested too deeply`);
    }
  }
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? message;
}
