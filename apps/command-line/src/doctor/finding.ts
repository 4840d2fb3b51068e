/** One result of `parley doctor`. */
export type Finding = {
  /** A remark is worth knowing and keeps nothing from running. */
  readonly verdict: "good" | "remark" | "wrong";
  /** A variable, or a part of the machine. */
  readonly subject: string;
  readonly message: string;
  /** Advice, where something is to be done. */
  readonly cure: string | null;
};

export function good(subject: string, message: string): Finding {
  return { verdict: "good", subject, message, cure: null };
}

export function remark(subject: string, message: string, cure: string | null = null): Finding {
  return { verdict: "remark", subject, message, cure };
}

export function wrong(subject: string, message: string, cure: string): Finding {
  return { verdict: "wrong", subject, message, cure };
}
