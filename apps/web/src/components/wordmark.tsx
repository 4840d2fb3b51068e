/** Name of the product with its seal. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2.5 font-serif text-[1.375rem] tracking-tight">
      <svg aria-hidden viewBox="0 0 32 32" className="size-6 text-accent-line">
        <circle cx="16" cy="16" r="6.5" fill="currentColor" />
        <path
          stroke="currentColor"
          strokeWidth="2.2"
          strokeLinecap="round"
          d="M16 2v4M16 26v4M2 16h4M26 16h4M6.1 6.1l2.8 2.8M23.1 23.1l2.8 2.8M6.1 25.9l2.8-2.8M23.1 8.9l2.8-2.8"
        />
      </svg>
      Parley
    </span>
  );
}
