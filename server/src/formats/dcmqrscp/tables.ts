import type { Directive, Directives } from '#notations/directives.js';

/** One storage area: who may store images in it and fetch them from it. */
export interface StorageArea {
  readonly row: Directive;
  readonly title: string;
  readonly access: 'R' | 'W' | 'RW';
  /** As it stands: `ANY`, names of the host table, or triples of title, host and port. */
  readonly peers: string;
}

/** The rows of a table, between `NAME BEGIN` and `NAME END`. Words are compared with case, as the program does. */
export function rowsOf(file: Directives, table: 'HostTable' | 'AETable'): readonly Directive[] {
  const rows: Directive[] = [];
  let inside = false;
  for (const directive of file.directives) {
    if (directive.name === table) inside = directive.value === 'BEGIN';
    else if (inside) rows.push(directive);
  }
  return rows;
}

/** The storage areas of the AE table. A row that the program would refuse is left out. */
export function storageAreas(file: Directives): readonly StorageArea[] {
  return rowsOf(file, 'AETable').flatMap((row) => {
    const match = /^\S+\s+(RW|R|W)\s*\([^)]*\)\s*(\S.*)$/.exec(row.value);
    return match ? [{ row, title: row.name, access: match[1] as StorageArea['access'], peers: match[2]! }] : [];
  });
}

/** The settings in front of and between the tables. */
export function globals(file: Directives): readonly Directive[] {
  const tables = new Set(['HostTable', 'VendorTable', 'AETable']);
  let inside = false;
  return file.directives.filter(({ name, value }) => {
    if (tables.has(name)) {
      inside = value === 'BEGIN';
      return false;
    }
    return !inside;
  });
}
