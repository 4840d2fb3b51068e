import type { Answers, Patience } from "@parley/shared/protocol/rooms-api";
import { Hourglass, MessagesSquare } from "lucide-react";
import { SelectField } from "../../components/select-field";

/** How the agent behaves in conversation. */
export type Manner = { patience: Patience; answers: Answers };

type MannerFieldsProps = Manner & { onChange: (change: Partial<Manner>) => void };

const patienceOptions = [
  { value: "quick", label: "Quick: answers fast, may cut in" },
  { value: "normal", label: "Normal" },
  { value: "patient", label: "Patient: waits while you think" },
] as const;

const answersOptions = [
  { value: "when-addressed", label: "When it is spoken to" },
  { value: "always", label: "Everything that is said" },
] as const;

/** How long the agent waits for somebody to go on, and what it answers among several people. */
export function MannerFields({ patience, answers, onChange }: MannerFieldsProps) {
  return (
    <>
      <SelectField<Patience>
        label="Patience"
        icon={Hourglass}
        value={patience}
        options={patienceOptions}
        onChoose={(chosen) => {
          onChange({ patience: chosen });
        }}
      />
      <SelectField<Answers>
        label="Answers, among several people"
        icon={MessagesSquare}
        value={answers}
        options={answersOptions}
        onChoose={(chosen) => {
          onChange({ answers: chosen });
        }}
      />
    </>
  );
}
