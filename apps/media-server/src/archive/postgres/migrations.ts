/**
 * Steps from an empty database to the present one, in order; each runs once. They only ever add, so
 * that servers of the version before go on working while they are replaced one after another. What
 * has been released is never changed.
 */
export const migrations: readonly { name: string; sql: string }[] = [
  {
    name: "0001 rooms and their entries",
    // Documents are `json` and not `jsonb`, which would refuse the character U+0000.
    sql: `
      create table rooms (
        room_id text primary key,
        title text not null,
        agent json not null,
        created_at_ms bigint not null,
        -- Rises whenever a server opens the room; lines of an earlier one are refused.
        epoch bigint not null,
        -- What was written for the room so far, replaced revisions included.
        bytes bigint not null
      );
      create table entries (
        room_id text not null references rooms on delete cascade,
        entry_id text not null,
        revision bigint not null,
        position bigint generated always as identity,
        entry json not null,
        primary key (room_id, entry_id)
      );
      create index entries_in_order on entries (room_id, position);
    `,
  },
  {
    name: "0002 when a room was written to",
    // Unix time in milliseconds. Servers of the version before write lines without it.
    sql: `
      alter table rooms add column written_at_ms bigint not null
        default (extract(epoch from now()) * 1000)::bigint;
      create index rooms_by_writing on rooms (written_at_ms desc, room_id);
    `,
  },
  {
    name: "0003 what is being said",
    // The line that is not final yet, for the server that has the room next, and the epoch in which it
    // was said: a server of the version before, which may have had the room since, leaves it there.
    sql: "alter table rooms add column draft json, add column draft_epoch bigint",
  },
];
