import { AudioLines } from "lucide-react";
import { useHouse } from "../../api/house";
import { SelectField } from "../../components/select-field";
import { useOperatorKey } from "../../stores/operator-key";

type VoiceFieldProps = {
  /** Empty for the default. */
  value: string;
  onChange: (voice: string) => void;
};

/** Choice among the voices of whatever speaks at present; nothing where there is only one. */
export function VoiceField({ value, onChange }: VoiceFieldProps) {
  const { data: house } = useHouse(useOperatorKey());
  const voices = house?.voices ?? [];
  if (voices.length < 2) return null;
  return (
    <SelectField
      label={`Voice of ${house?.speaks.title ?? "the agent"}`}
      icon={AudioLines}
      value={voices.includes(value) ? value : ""}
      options={[
        { value: "", label: "The usual one" },
        ...voices.map((voice) => ({ value: voice, label: voice })),
      ]}
      onChoose={onChange}
    />
  );
}
