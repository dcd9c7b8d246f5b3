import { parseDirectives, slot, type Dialect, type Directives } from './directives.js';
import type { Slot } from '#engine/setting.js';
import { speaksByName } from './container-variables.js';
import { statesSettings } from './image-documents.js';

const dialect: Dialect = { comment: '#', trailingComments: false, assignment: 'equals', separator: '=', quotes: `"'` };

/** The names that files of variables go by. */
export const environmentFileNames: readonly string[] = ['**/*.env', '**/.env', '**/.env.*', '**/*.env.*'];

/** Variables that only the images read here have: many programs have a file of variables. */
const ofImages = /^(?:LDAP_CONFIGPASS|LDAP_ROOTPASS|ARCHIVE_DEVICE_NAME|WILDFLY_(?:CHOWN|WAIT_FOR|ADMIN_PASSWORD)|RS_CLIENT_SECRET|OE_PASS)$/;

/** Reads a file of variables, `NAME=value` a line. */
export function parseEnvironment(text: string): Directives {
  return parseDirectives(text, dialect);
}

/** The variables of a file, each as it counts: the last of a name wins. */
export function environmentVariables(file: Directives): readonly { readonly name: string; readonly place: Slot }[] {
  const names = new Set(file.directives.map(({ name }) => name.replace(/^export\s+/, '')));
  return [...names].map((name) => ({ name, place: slot(file, file, file.directives.some((one) => one.name === name) ? name : `export ${name}`, { wins: 'last' }) }));
}

/** Whether a file of variables says something that is judged in the file itself. */
export function speaksForItself(head: string): boolean {
  const names = [...head.matchAll(/^[ \t]*(?:export[ \t]+)?([\w.:-]{1,200})[ \t]*=/gm)].map(([, name]) => name!);
  return names.some((name) => ofImages.test(name) || speaksByName(name)) || statesSettings(names);
}

/** Whether a file of this path and text is read as a file of variables. */
export function isReadItself(path: string, text: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /(^|\.)env(\.[^/]*)?$/i.test(name) && /\.env$|^\.env(\..*)?$|\.env\./i.test(name) && speaksForItself(text);
}
