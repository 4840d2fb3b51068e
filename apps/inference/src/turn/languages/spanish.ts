import { phrases, words, type TurnLanguage } from "./turn-language";

const digits = "cero uno dos tres cuatro cinco seis siete ocho nueve";

export const spanish: TurnLanguage = {
  fillers: words("eh em este mmm hm pues bueno"),
  danglingWords: words(`
    y e o u pero porque que cuando si como aunque mientras donde un una unos unas el la los las
    del de al mi mis tu tus su sus nuestro nuestra cada ningún a en sobre para
    por con sin hacia entre desde hasta es son era eran soy está están estoy ha han he puedo
    puede puedes podría podrías quiero quisiera debo yo tú él ella nosotros muy más menos me
    te se lo quien cuyo llamado
  `),
  danglingEndings: [
    "y luego",
    "y entonces",
    "por ejemplo",
    "creo que",
    "es decir",
    "una especie de",
    "nombre es",
    "número es",
    "me llamo",
    "lo que",
    "me gustaría",
    "quiero decir",
  ],
  openings: phrases(`
    puedes | puede | podrías | podría | por favor | dime | dígame | espera | un momento
    cuánto es | cuál es | qué es | a ver | tengo una pregunta | otra pregunta
  `),
  leadIns: words("y pero entonces pues bueno sí no hola gracias vale ok okay eh ah oye"),
  tailWords: words(
    `seguido seguida seguidos seguidas separado separada separados separadas incluyendo`,
  ),
  prepositions: words(`de del en a al para con sin sobre desde hasta antes después entre`),
  questionWords: words(`
    qué quién quiénes cuándo dónde adónde cómo cuánto cuánta cuántos cuántas cuál cuáles puedes
    puede podrías podría pueden hay tienes tiene sabes sabe quieres quiere es son está están
  `),
  questionEndings: words(
    "tú él ella yo es son era está están estoy eres hay ha puedo puede quiero debo",
  ),
  shortestQuestion: 2,
  requestWords: words(`
    di dime diga cuenta cuéntame explica explícame da dame muestra muéstrame toca pon repite
    deletrea lee escribe enciende apaga abre cierra busca llama recuérdame traduce ayúdame para
    calcula haz
  `),
  courtesies: [["por", "favor"]],
  requestEndings: new Set(),
  commands: phrases(`
    para | alto | espera | basta | ayuda | continúa | sigue | otra vez | qué | por qué | cómo
    quién | cuándo | dónde | silencio | cállate
  `),
  completeAnswers: phrases(`
    sí | no | vale | ok | okay | claro | exacto | correcto | por supuesto | hola | buenos días
    buenas tardes | buenas noches | adiós | gracias | muchas gracias | sí gracias | no gracias
    no sé | no lo sé | quizás | tal vez | de acuerdo
  `),
  digits: words(digits),
  zeros: words("cero"),
  repeats: new Map(),
  numberWords: words(
    `${digits} diez once doce trece catorce quince veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil coma y`,
  ),
  operators: words("más menos por dividido entre"),
  figureNouns: words("número teléfono móvil código pin postal cuenta tarjeta contraseña"),
  figureLengths: [
    { nouns: words("teléfono móvil fax"), lengths: [9], isUsual: true },
    { nouns: words("postal"), lengths: [5] },
    { nouns: words("pin"), lengths: [4, 6] },
    { nouns: words("tarjeta"), lengths: [16] },
  ],
  plus: "más",
  spellingWords: words("deletrea deletreo escribe letras"),
  addressWords: words("dirección calle vives vive"),
  nameWords: words("nombre apellido llamas llama"),
  beforeFirstNumber: ["cuánto es", "cuántos son", "de", "entre"],
  articles: words("un una el la los las mi tu su"),
  adjectives: words(`
    gran pequeño pequeña nuevo nueva viejo vieja buen bueno buena otro otra primer primera
    último última
  `),
  listEnds: words("y e o u"),
};
