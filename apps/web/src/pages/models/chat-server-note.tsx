/** How language models come into use, said before one is downloaded. */
export function ChatServerNote() {
  return (
    <p className="max-w-prose text-sm text-ink-soft">
      Language models run in llama.cpp, a program of its own that Parley does not bring. After a
      download the two commands stand here that start it, and Parley with it. Any other chat server
      with OpenAI’s interface serves as well: start Parley with its address as{" "}
      <code className="text-ink">LLM_BASE_URL</code>.
    </p>
  );
}
