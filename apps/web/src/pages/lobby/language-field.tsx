import { languageName } from "@parley/shared/protocol/language-name";
import { Languages } from "lucide-react";
import { useHouse } from "../../api/house";
import { SelectField } from "../../components/select-field";
import { useOperatorKey } from "../../stores/operator-key";

type LanguageFieldProps = {
  /** Empty for the voice's own. */
  value: string;
  onChange: (language: string) => void;
};

/** Choice among the languages of whatever speaks at present; nothing where there is only one. */
export function LanguageField({ value, onChange }: LanguageFieldProps) {
  const { data: house } = useHouse(useOperatorKey());
  const languages = house?.languages ?? [];
  const [usual = ""] = languages;
  if (languages.length < 2) return null;
  return (
    <SelectField
      label="Language"
      icon={Languages}
      value={languages.includes(value) ? value : ""}
      options={[
        { value: "", label: `The usual one: ${languageName(usual)}` },
        ...languages.map((language) => ({ value: language, label: languageName(language) })),
      ]}
      onChoose={onChange}
    />
  );
}
