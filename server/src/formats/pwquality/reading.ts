import type { Analysis } from '#engine/analysis.js';
import { integer, yesNo } from '#engine/codec.js';
import { documented } from '#engine/release.js';
import { setting, undetermined, type Setting } from '#engine/setting.js';
import { flag, parseDirectives, slot, type Dialect, type Directives } from '#notations/directives.js';
import { pamStates } from '#notations/pam.js';

/** pwquality.conf(5); that `#` also ends a value, that `=` may be left out and that names may be in capitals was observed with pwscore 1.4.5. */
export const dialect: Dialect = { comment: '#', trailingComments: true, assignment: 'either', separator: ' = ', foldCase: true };

export const source = documented('libpwquality', '1.4.0 to 1.4.5', 'pwquality.conf(5)');

/** Where pam_pwquality is called, and where its arguments override the file. */
const services = ['common-password', 'system-auth', 'password-auth'];

/** What holds without a statement. `judged`: the default itself may be a finding, so another file that may state it leaves it open. */
export interface Unstated<T> {
  readonly value: T;
  readonly judged?: true;
}

/** A number. Nothing is said where another file decides: a drop-in is judged for what it states, and what a later file overrides is not judged. */
export function number(analysis: Analysis<Directives>, name: string, absent: Unstated<number>): Setting<number> | undefined {
  const place = slot(analysis.tree, analysis.tree, name, { wins: 'last' });
  return place.raw !== undefined
    ? overridden(analysis, name) ? undefined : setting(place, integer, { because: '' })
    : unless(analysis, name, absent, () => setting(place, integer, { value: absent.value, source }));
}

/** A bare word; observed with pwscore: what follows it on the line does not matter, `enforce_for_root = 0` sets it. */
export function word(analysis: Analysis<Directives>, name: string): Setting<boolean> | undefined {
  const place = flag(analysis.tree, analysis.tree, name);
  const codec = yesNo(['yes'], ['no']);
  return place.raw !== undefined ? setting(place, codec, { because: '' }) : unless(analysis, name, { value: false, judged: true }, () => setting(place, codec, { value: false, source }));
}

const isDropIn = (path: string) => /pwquality\.conf\.d\/[^/]+$/.test(path);
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);
const states = (text: string, name: string) => parseDirectives(text, dialect).directives.some((directive) => directive.name === name);

/** The default of the main file, unless a drop-in or a service file states it. */
function unless<T>({ path, surroundings }: Analysis, name: string, { judged }: Unstated<T>, otherwise: () => Setting<T>): Setting<T> | undefined {
  if (isDropIn(path)) return undefined;
  const listed = surroundings.match(`${folderOf(path)}pwquality.conf.d/*.conf`);
  const opened = listed === 'pending' ? ['pending' as const] : listed.map((file) => surroundings.open(file));
  if (opened.some((file) => typeof file === 'object' && states(file.text, name))) return undefined;
  const argument = pamStates(surroundings, path, services, ['pam_pwquality.so'], [name]);
  if (argument === true) return undefined;
  if (!opened.includes('pending') && argument !== 'pending') return otherwise();
  return judged && undetermined({ start: 0, end: 0 }, `a file in pwquality.conf.d or an argument of pam_pwquality may state ${name}`);
}

/** Drop-ins are read in order of their names, and the main file last; a later value wins. */
function overridden({ path, surroundings }: Analysis, name: string): boolean {
  if (!isDropIn(path)) return false;
  const folder = folderOf(path);
  const siblings = surroundings.match(`${folder}*.conf`);
  const later = [...(siblings === 'pending' ? [] : siblings.filter((file) => file > path)), `${folder.slice(0, -'.d/'.length)}`];
  return later.some((file) => {
    const opened = surroundings.open(file);
    return typeof opened === 'object' && states(opened.text, name);
  });
}
