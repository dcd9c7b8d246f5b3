/**
 * A table that is looked up by names from files: it knows its own names alone. A plain object also answers to `constructor` and
 * `toString`, which anybody may write into a file. `test/tables.test.ts` finds plain objects that are looked up so.
 */
export function table<const T extends object>(entries: T): T {
  return Object.assign(Object.create(null) as T, entries);
}
