import { primaryLanguage } from "@parley/shared/protocol/primary-language";
import type { ChatFailureReason } from "../../contracts/chat-model";

/** What the agent says by itself, in one language. */
export type AgentPhrases = {
  /** The chat model's server has not begun to answer; said once, then the second if need be. */
  waking: readonly [string, string];
  /** The model reasons for long. */
  thinking: readonly [string, string];
  /** A tool takes long. */
  lookingUp: string;
  /** The words lack their end, or there is nothing but a call. */
  nudges: { readonly unfinished: string; readonly called: string };
  /** More is typed than is answered. */
  tooMuchTyped: string;
  /** The answer holds nothing for people. */
  noAnswer: string;
  /** The answer stands in the transcript, and this voice has no sound for any of it. */
  onlyWritten: string;
  /** First of some failures in a row. */
  failed: Readonly<Record<ChatFailureReason, string>>;
  /** The answer broke off after it had begun. */
  brokeOff: string;
  /** Later ones of failures in a row. */
  stillFailing: string;
};

const english: AgentPhrases = {
  waking: ["One moment, please. I am just waking up.", "I am still waking up."],
  thinking: ["One moment, please. I am thinking.", "I am still thinking."],
  lookingUp: "One moment, let me check.",
  nudges: { unfinished: "Go on.", called: "Yes?" },
  tooMuchTyped: "That is more than I can answer. I will read it, and answer again in a minute.",
  noAnswer: "I have no answer to that. Please put it another way.",
  onlyWritten: "I wrote that down, because I cannot say it aloud.",
  failed: {
    unauthorised: "Sorry, I am not allowed to use my language model. Its key has to be checked.",
    "not-there": "Sorry, I cannot reach my language model right now.",
    busy: "Sorry, I have too much to do right now. Please try again in a moment.",
    "too-long": "Sorry, that is more than I can take in at once. Please make it shorter.",
    silent: "Sorry, my answer takes too long. Please try again.",
    broken: "Sorry, I cannot think of an answer right now.",
  },
  brokeOff: "Sorry, I lost my thread there.",
  stillFailing: "I still cannot answer.",
};

const german: AgentPhrases = {
  waking: ["Einen Moment bitte, ich wache gerade auf.", "Ich bin noch nicht ganz wach."],
  thinking: ["Einen Moment bitte, ich denke nach.", "Ich denke noch nach."],
  lookingUp: "Einen Moment, ich sehe nach.",
  nudges: { unfinished: "Ich höre.", called: "Ja?" },
  tooMuchTyped:
    "Das ist mehr, als ich beantworten kann. Ich lese es und antworte in einer Minute wieder.",
  noAnswer: "Darauf habe ich keine Antwort. Bitte frag noch einmal anders.",
  onlyWritten: "Das habe ich aufgeschrieben, denn aussprechen kann ich es nicht.",
  failed: {
    unauthorised: "Entschuldigung, mein Sprachmodell nimmt meinen Schlüssel nicht an.",
    "not-there": "Entschuldigung, ich erreiche mein Sprachmodell gerade nicht.",
    busy: "Entschuldigung, ich habe gerade zu viel zu tun. Bitte gleich noch einmal.",
    "too-long": "Entschuldigung, das ist mir zu viel auf einmal. Bitte etwas kürzer.",
    silent: "Entschuldigung, meine Antwort dauert zu lange. Bitte noch einmal.",
    broken: "Entschuldigung, mir fällt gerade keine Antwort ein.",
  },
  brokeOff: "Entschuldigung, ich habe den Faden verloren.",
  stillFailing: "Ich kann noch immer nicht antworten.",
};

const french: AgentPhrases = {
  waking: ["Un instant, je me réveille.", "Je me réveille encore."],
  thinking: ["Un instant, je réfléchis.", "Je réfléchis encore."],
  lookingUp: "Un instant, je regarde.",
  nudges: { unfinished: "Je vous écoute.", called: "Oui ?" },
  tooMuchTyped:
    "C'est plus que je ne peux répondre. Je le lis, et je réponds de nouveau dans une minute.",
  noAnswer: "Je n'ai pas de réponse. Posez la question autrement, s'il vous plaît.",
  onlyWritten: "Je l'ai écrit, car je ne peux pas le prononcer.",
  failed: {
    unauthorised: "Désolé, mon modèle de langage refuse ma clé.",
    "not-there": "Désolé, je n'arrive pas à joindre mon modèle de langage.",
    busy: "Désolé, j'ai trop à faire. Réessayez dans un instant.",
    "too-long": "Désolé, c'est trop long pour moi. Plus court, s'il vous plaît.",
    silent: "Désolé, ma réponse tarde trop. Réessayez, s'il vous plaît.",
    broken: "Désolé, je ne trouve pas de réponse pour le moment.",
  },
  brokeOff: "Désolé, j'ai perdu le fil.",
  stillFailing: "Je ne peux toujours pas répondre.",
};

const spanish: AgentPhrases = {
  waking: ["Un momento, me estoy despertando.", "Todavía me estoy despertando."],
  thinking: ["Un momento, estoy pensando.", "Todavía estoy pensando."],
  lookingUp: "Un momento, lo miro.",
  nudges: { unfinished: "Le escucho.", called: "¿Sí?" },
  tooMuchTyped: "Es más de lo que puedo responder. Lo leo, y respondo de nuevo en un minuto.",
  noAnswer: "No tengo respuesta para eso. Por favor, dígalo de otra manera.",
  onlyWritten: "Lo he escrito, porque no puedo pronunciarlo.",
  failed: {
    unauthorised: "Lo siento, mi modelo de lenguaje rechaza mi clave.",
    "not-there": "Lo siento, ahora no puedo conectar con mi modelo de lenguaje.",
    busy: "Lo siento, ahora tengo demasiado que hacer. Inténtelo en un momento.",
    "too-long": "Lo siento, es demasiado largo para mí. Más corto, por favor.",
    silent: "Lo siento, mi respuesta tarda demasiado. Inténtelo otra vez.",
    broken: "Lo siento, ahora no se me ocurre ninguna respuesta.",
  },
  brokeOff: "Lo siento, he perdido el hilo.",
  stillFailing: "Todavía no puedo responder.",
};

const italian: AgentPhrases = {
  waking: ["Un momento, mi sto svegliando.", "Mi sto ancora svegliando."],
  thinking: ["Un momento, sto pensando.", "Sto ancora pensando."],
  lookingUp: "Un momento, controllo.",
  nudges: { unfinished: "Ti ascolto.", called: "Sì?" },
  tooMuchTyped: "È più di quanto possa rispondere. Lo leggo, e rispondo di nuovo tra un minuto.",
  noAnswer: "Non ho una risposta. Per favore, dillo in un altro modo.",
  onlyWritten: "L'ho scritto, perché non riesco a pronunciarlo.",
  failed: {
    unauthorised: "Mi dispiace, il mio modello linguistico rifiuta la mia chiave.",
    "not-there": "Mi dispiace, ora non riesco a raggiungere il mio modello linguistico.",
    busy: "Mi dispiace, ora ho troppo da fare. Riprova tra un momento.",
    "too-long": "Mi dispiace, è troppo lungo per me. Più breve, per favore.",
    silent: "Mi dispiace, la risposta tarda troppo. Riprova, per favore.",
    broken: "Mi dispiace, ora non mi viene in mente una risposta.",
  },
  brokeOff: "Mi dispiace, ho perso il filo.",
  stillFailing: "Non riesco ancora a rispondere.",
};

const languages: Readonly<Record<string, AgentPhrases>> = {
  de: german,
  en: english,
  es: spanish,
  fr: french,
  it: italian,
};

/** @param language BCP 47; English where the agent has no phrases of its own */
export function agentPhrases(language: string): AgentPhrases {
  return languages[primaryLanguage(language)] ?? english;
}

/**
 * @returns the text without what the agent said while its chat model kept people waiting, unless that
 * is all: a model that reads such sentences as its own words says more of them
 */
export function withoutWaiting(text: string): string {
  let rest = text;
  for (const { waking, thinking, lookingUp } of Object.values(languages)) {
    for (const phrase of [...waking, lookingUp, ...thinking]) {
      if (rest.startsWith(phrase)) rest = rest.slice(phrase.length).trimStart();
    }
    rest = rest.replace(` ${lookingUp}`, "");
  }
  return rest === "" || rest === "…" ? text : rest;
}
