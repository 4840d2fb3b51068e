/** Ids as the protocols want them, the same in every run. */
export const fixedIds = {
  room: "rrrrrrrrrrrrrrrrrrrrrr",
  member: "mmmmmmmmmmmmmmmmmmmmmm",
  entry: "eeeeeeeeeeeeeeeeeeeeee",
  reply: "pppppppppppppppppppppp",
  media: "tttttttttttttttttttttt",
} as const;
