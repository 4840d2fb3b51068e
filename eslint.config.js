import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** `target` may not import from any of `from`: the floor plan, arrow by arrow. */
function forbid(base, target, from) {
  return from.map((source) => ({
    target: `./${base}/${target}/**/*`,
    from: `./${base}/${source}/**/*`,
    message: `${target} must not know ${source} (see ARCHITECTURE.md, floor plan)`,
  }));
}

/** None of the siblings in `base` may import another. */
function separate(base, siblings) {
  return siblings.flatMap((sibling) =>
    forbid(
      base,
      sibling,
      siblings.filter((other) => other !== sibling),
    ),
  );
}

const apps = ["web", "media-server", "inference", "command-line"];
const inference = "apps/inference/src";
const mediaServer = "apps/media-server/src";
const speech = "packages/speech/src";
const web = "apps/web/src";
const client = "packages/client/src";
const speechEngines = [
  ...[
    "transducer",
    "moonshine",
    "magpie",
    "kokoro",
    "flite",
    "remote",
    "silero",
    "smart-turn",
    "prosody",
  ],
];

/** Each folder may import those before it. */
const transducerFolders = [
  "features",
  "tokenizer",
  "chunking",
  "model",
  "decoding",
  "batching",
  "recognizer",
];

/** Packages of Node's, which a page cannot run. */
const nodePackages = [
  "api-document",
  "threads",
  "audio",
  "speech",
  "models",
  "nemo-onnx",
  "fleet",
  "telemetry",
];

const zones = [
  ...separate("apps", apps),
  { target: "./packages/**/*", from: "./apps/**/*", message: "Packages know no app." },
  ...nodePackages.map((name) => ({
    target: ["./apps/web/**/*", "./packages/client/**/*"],
    from: `./packages/${name}/**/*`,
    message: `packages/${name} runs on Node only.`,
  })),
  ...["speech", "models", "nemo-onnx"].map((name) => ({
    target: "./apps/media-server/**/*",
    from: `./packages/${name}/**/*`,
    message: "The media-server knows rooms and no models.",
  })),
  {
    target: ["./apps/web/**/*", "./packages/!(settings)/**/*"],
    from: "./packages/settings/**/*",
    message: "Settings are for the servers and the command line; hand in what is needed.",
  },

  ...["speech", "models", "nemo-onnx", "threads"].map((name) => ({
    target: "./packages/audio/**/*",
    from: `./packages/${name}/**/*`,
    message: "Audio is sound alone: files, codecs and rates.",
  })),
  {
    target: ["./packages/!(client)/**/*", ...apps.slice(1).map((name) => `./apps/${name}/**/*`)],
    from: "./packages/client/**/*",
    message: "packages/client runs in browsers only.",
  },
  {
    target: `./${client}/{media,sound,signalling}/**/*`,
    from: `./${client}/room/**/*`,
    message: "A room has media, sound and signalling, which know no room.",
  },
  ...separate(client, ["sound", "signalling"]),
  {
    target: `./${speech}/**/*`,
    from: "./packages/models/**/*",
    message: "speech knows no registry.",
  },
  { target: "./packages/models/**/*", from: `./${speech}/**/*`, message: "models runs no engine." },

  ...separate(speech, speechEngines),
  ...speechEngines.flatMap((engine) => forbid(speech, engine, ["engines"])),
  ...transducerFolders.flatMap((folder, index) =>
    forbid(`${speech}/transducer`, folder, transducerFolders.slice(index + 1)),
  ),
  {
    target: [
      `./${speech}/transducer/frame-rates.ts`,
      `./${speech}/transducer/transducer-settings.ts`,
    ],
    from: `./${speech}/transducer/*/**/*`,
    message: "Settings and rates lie at the transducer's foot.",
  },
  ...[
    "contracts",
    "runtime",
    "spectrum",
    "spoken",
    "recognition",
    "synthesis",
    "transcripts",
  ].flatMap((room) => forbid(speech, room, ["engines", ...speechEngines])),
  ...forbid(inference, "session", ["composition", "server", "operator", "turn", "llm"]),
  ...forbid(inference, "tools", ["composition", "server", "session", "operator", "turn", "llm"]),
  ...["session", "server", "operator", "turn", "llm"].map((room) => ({
    target: `./${inference}/${room}/**/!(*.test).ts`,
    from: `./${inference}/tools/**/*`,
    message: "Tools are known by their contract; composition hands them in.",
  })),
  ...["turn", "llm"].flatMap((room) =>
    forbid(inference, room, ["composition", "server", "session", "operator"]),
  ),
  ...forbid(inference, "server", ["composition", "operator", "turn", "llm", "registration"]),
  ...forbid(inference, "registration", [
    "composition",
    "server",
    "session",
    "operator",
    "turn",
    "llm",
  ]),
  ...forbid(inference, "operator", ["composition", "server", "session", "turn", "llm"]),
  ...forbid(inference, "telemetry", [
    "composition",
    "server",
    "session",
    "operator",
    "turn",
    "llm",
  ]),
  ...["composition", "server", "session", "operator", "turn", "llm", "contracts"].flatMap((room) =>
    forbid(inference, room, ["telemetry"]),
  ),
  ...forbid(inference, "contracts", [
    "composition",
    "server",
    "session",
    "operator",
    "turn",
    "llm",
  ]),
  // The conversation is tried with contracts only: which engine hears or speaks is main's business.
  ...["session", "turn", "llm"].map((room) => ({
    target: `./${inference}/${room}/**/!(*.test).ts`,
    from: `./${speech}/{engines,runtime,${speechEngines.join(",")}}/**/*`,
    message: "A conversation knows the contracts of speech, not its engines.",
  })),

  ...["speech", "models", "audio", "threads", "settings"].map((name) => ({
    target: "./packages/fleet/**/*",
    from: `./packages/${name}/**/*`,
    message: "The fleet knows how servers find each other, and nothing of what they do.",
  })),

  ...["http", "signalling", "agent", "calls", "rooms", "media", "contracts"].flatMap((room) =>
    forbid(mediaServer, room, ["telemetry"]),
  ),
  ...forbid(mediaServer, "telemetry", ["http", "signalling", "agent", "calls", "media"]),
  ...forbid(mediaServer, "rooms", ["http", "signalling", "agent", "calls", "media", "workers"]),
  ...forbid(mediaServer, "workers", ["http", "signalling", "agent", "calls", "media", "rooms"]),
  ...["homes", "archive"].flatMap((room) =>
    forbid(mediaServer, room, [
      "http",
      "signalling",
      "agent",
      "calls",
      "media",
      "rooms",
      "workers",
    ]),
  ),
  ...forbid(mediaServer, "homes", ["archive"]),
  ...forbid(mediaServer, "rooms", ["homes", "archive"]),
  ...forbid(mediaServer, "signalling", [
    ...["agent", "calls", "media", "http", "workers", "homes", "archive"],
  ]),
  ...forbid(mediaServer, "agent", ["signalling", "calls", "media", "http", "workers"]),
  ...forbid(mediaServer, "calls", ["signalling", "agent", "media", "http", "workers"]),
  ...forbid(mediaServer, "media", ["http", "signalling", "agent", "calls", "rooms", "workers"]),
  ...separate(`${mediaServer}/media`, ["microphone", "voice"]),
  ...forbid(mediaServer, "audio", ["http", "signalling", "agent", "rooms", "media"]),

  ...forbid(web, "stores", ["app", "pages", "features", "components"]),
  ...forbid(web, "components", ["app", "pages", "features", "stores", "api"]),
  ...forbid(web, "api", ["app", "pages", "features", "stores", "components"]),
  ...forbid(web, "features", ["app", "pages"]),
  ...forbid(web, "pages", ["app"]),
  ...forbid(web, "embed", ["app", "pages", "features", "stores", "api", "widget"]),
  ...forbid(web, "widget", ["app", "pages", "features", "stores", "components", "api", "embed"]),
  ...separate(`${web}/pages`, ["lobby", "models", "room"]),
  ...separate(`${web}/features`, ["controls", "conversation", "devices", "house", "theme"]),
];

export default tseslint.config(
  { ignores: ["**/dist/", "**/node_modules/", "models/", "playwright-report/", "test-results/"] },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { "import-x": importX },
    languageOptions: { parserOptions: { projectService: true } },
    settings: {
      "import-x/resolver-next": [
        createTypeScriptImportResolver({
          project: ["tsconfig.json", "apps/*/tsconfig.json", "packages/*/tsconfig.json"],
          noWarnOnMultipleProjects: true,
        }),
      ],
    },
    rules: {
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { basePath: import.meta.dirname, zones }],
      "max-lines": ["error", 300],
      "no-console": "error",
      "@typescript-eslint/consistent-type-definitions": ["error", "type"],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // Numbers read well in messages.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Type parameters that appear once name the caller's type: `newId<RoomId>()`.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
    },
  },
  {
    files: ["packages/shared/src/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "^(?!\\.|zod$)", message: "Shared imports only zod." }] },
      ],
    },
  },
  { files: ["apps/web/**/*.{ts,tsx}"], extends: [reactHooks.configs.flat.recommended] },
  {
    files: ["**/*.test.{ts,tsx}", "e2e/**", "bench/**", "fuzz/**", "scripts/**/*.ts"],
    rules: {
      "max-lines": ["error", 400],
      "no-console": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/unbound-method": "off",
    },
  },
);
