import { isCollection, Lexer, parseDocument, Parser, visit } from "yaml";
import { ModelError } from "../errors";

/** Aliases at most; NeMo writes none, but files edited by hand may have some. */
const aliasLimit = 100;
/** Depth of the parser's stack at most; NeMo's configurations reach about twenty. */
const nestingLimit = 200;

/**
 * Parses a `model_config.yaml` as data (YAML 1.2, core schema). Unknown tags, such as those of
 * Python objects, are ignored: their values are read as plain ones.
 *
 * @param name the file's name, for error messages
 * @throws ModelError `malformed`, or `refused` for cyclic aliases, alias bombs and deep nesting
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
    return document.toJS({ maxAliasCount: aliasLimit });
  } catch (cause) {
    const reason = cause instanceof Error ? firstLine(cause.message) : "unknown";
    throw new ModelError("refused", `${name}: ${reason}`, { cause });
  }
}

/**
 * Bounds the nesting depth before parsing: the YAML composer is recursive, and V8 ends the whole
 * process when a regular expression is compiled while the stack is nearly full.
 */
function checkNesting(text: string, name: string): void {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    Array.from(parser.next(lexeme));
    if (parser.stack.length > nestingLimit) {
      throw new ModelError("refused", `${name}: nested too deeply`);
    }
  }
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? message;
}
