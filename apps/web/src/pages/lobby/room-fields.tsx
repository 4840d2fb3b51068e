import { SlidersHorizontal } from "lucide-react";
import { useId } from "react";
import type { RoomDraft } from "../../api/rooms";
import { HearVoice } from "./hear-voice";
import { LanguageField } from "./language-field";
import { MannerFields, type Manner } from "./manner-fields";
import { ToolsField } from "./tools-field";
import { VoiceField } from "./voice-field";

/** Form values for a new room and its agent; empty ones get their defaults. */
export type RoomFormValues = Manner & {
  title: string;
  agentName: string;
  instructions: string;
  greeting: string;
  /** Empty for the default. */
  voice: string;
  /** Empty for the voice's own. */
  language: string;
  /** Null for all that the server offers. */
  tools: readonly string[] | null;
};

export const emptyRoomForm: RoomFormValues = {
  title: "",
  agentName: "",
  instructions: "",
  greeting: "",
  voice: "",
  language: "",
  patience: "normal",
  answers: "when-addressed",
  tools: null,
};

/** Request for a new room from the form values. */
export function roomDraft(values: RoomFormValues): RoomDraft {
  const { title, agentName, instructions, greeting, voice, language, tools } = values;
  const { patience, answers } = values;
  return {
    title,
    agent: {
      ...(agentName.trim() === "" ? {} : { name: agentName }),
      ...(instructions.trim() === "" ? {} : { instructions }),
      ...(greeting.trim() === "" ? {} : { greeting }),
      ...(voice === "" ? {} : { voice }),
      ...(language === "" ? {} : { language }),
      patience,
      answers,
      ...(tools === null ? {} : { tools: [...tools] }),
    },
  };
}

type RoomFieldsProps = { values: RoomFormValues; onChange: (values: RoomFormValues) => void };

/** Optional fields: the room's title, and the settings of its agent. Folded at first. */
export function RoomFields({ values, onChange }: RoomFieldsProps) {
  return (
    <details className="group rounded-xl border border-line open:bg-panel">
      <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2.5 rounded-xl px-4 text-ink-soft hover:text-ink [&::-webkit-details-marker]:hidden">
        <SlidersHorizontal aria-hidden size={17} strokeWidth={1.75} />
        Set up room and agent
        <span className="ml-auto text-sm text-ink-soft group-open:hidden">optional</span>
      </summary>
      <div className="grid gap-4 px-4 pt-2 pb-5">
        <Field
          label="Room title"
          placeholder="Weekly planning"
          maxLength={100}
          value={values.title}
          onChange={(title) => {
            onChange({ ...values, title });
          }}
        />
        <Field
          label="Agent’s name"
          placeholder="Parley"
          maxLength={60}
          value={values.agentName}
          onChange={(agentName) => {
            onChange({ ...values, agentName });
          }}
        />
        <Field
          label="Instructions"
          placeholder="You help us plan. Keep answers short."
          maxLength={8_000}
          rows={4}
          value={values.instructions}
          onChange={(instructions) => {
            onChange({ ...values, instructions });
          }}
        />
        <Field
          label="Greeting"
          placeholder="Hello! I am listening."
          maxLength={500}
          value={values.greeting}
          onChange={(greeting) => {
            onChange({ ...values, greeting });
          }}
        />
        <VoiceField
          value={values.voice}
          onChange={(voice) => {
            onChange({ ...values, voice });
          }}
        />
        <LanguageField
          value={values.language}
          onChange={(language) => {
            onChange({ ...values, language });
          }}
        />
        <HearVoice voice={values.voice} language={values.language} />
        <MannerFields
          patience={values.patience}
          answers={values.answers}
          onChange={(change) => {
            onChange({ ...values, ...change });
          }}
        />
        <ToolsField
          value={values.tools}
          onChange={(tools) => {
            onChange({ ...values, tools });
          }}
        />
      </div>
    </details>
  );
}

type FieldProps = {
  label: string;
  placeholder: string;
  maxLength: number;
  rows?: number;
  value: string;
  onChange: (value: string) => void;
};

function Field({ label, rows, onChange, ...props }: FieldProps) {
  const id = useId();
  const inputClasses =
    "w-full rounded-lg border border-line-strong bg-raised px-3 py-2 text-base text-ink placeholder:text-ink-soft/80";
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium text-ink-soft">
        {label}
      </label>
      {rows === undefined ? (
        <input
          id={id}
          className={inputClasses}
          onChange={(event) => {
            onChange(event.target.value);
          }}
          {...props}
        />
      ) : (
        <textarea
          id={id}
          rows={rows}
          className={inputClasses}
          onChange={(event) => {
            onChange(event.target.value);
          }}
          {...props}
        />
      )}
    </div>
  );
}
