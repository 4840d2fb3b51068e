/** One result of `parley doctor`. */
export type Finding = {
  /** A remark does not keep Parley from running. */
  readonly verdict: "good" | "remark" | "wrong";
  /** A setting, or a part of the machine. */
  readonly subject: string;
  readonly message: string;
  /** Remedy; null where there is nothing to do. */
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
