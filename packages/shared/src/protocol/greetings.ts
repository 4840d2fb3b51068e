import { primaryLanguage } from "./primary-language";

/** Spoken by an agent that was given no greeting of its own, in its language. */
export const defaultGreeting = "Hello! I am listening.";

const languages: Readonly<Record<string, string>> = {
  ar: "مرحبًا! أنا أستمع.",
  de: "Hallo! Ich höre zu.",
  en: defaultGreeting,
  es: "¡Hola! Le escucho.",
  fr: "Bonjour ! Je vous écoute.",
  hi: "नमस्ते! मैं सुन रहा हूँ।",
  it: "Ciao! Ti ascolto.",
  ja: "こんにちは。お話しください。",
  ko: "안녕하세요! 듣고 있어요.",
  pt: "Olá! Estou ouvindo.",
  vi: "Xin chào! Tôi đang nghe.",
  zh: "你好！我在听。",
};

/**
 * @param language BCP 47; English where the agent has no greeting in it
 * @param greeting the room's own, which is left as it is unless it is the default one
 */
export function greetingIn(language: string, greeting = defaultGreeting): string {
  if (greeting !== defaultGreeting) return greeting;
  return languages[primaryLanguage(language)] ?? defaultGreeting;
}
