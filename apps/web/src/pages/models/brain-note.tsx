/** How language models come into use, said before one is downloaded. */
export function BrainNote() {
  return (
    <p className="max-w-prose text-sm text-ink-soft">
      Language models run in Parley itself, by llama.cpp, which npm installs with the first of them.
      Any chat server with OpenAI’s interface serves as well: start Parley with its address as{" "}
      <code className="text-ink">LLM_BASE_URL</code>.
    </p>
  );
}
