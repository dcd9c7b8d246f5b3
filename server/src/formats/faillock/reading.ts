import type { Analysis } from '#engine/analysis.js';
import { integer, yesNo } from '#engine/codec.js';
import { documented } from '#engine/release.js';
import { setting, undetermined, type Codec, type Setting } from '#engine/setting.js';
import { flag, slot, type Dialect, type Directives } from '#notations/directives.js';
import { pamStates } from '#notations/pam.js';

/** faillock.conf(5); that `#` also ends a value, that `=` may be left out and that `Deny` is not `deny` was observed with pam_faillock 1.5.2. */
export const dialect: Dialect = { comment: '#', trailingComments: true, assignment: 'either', separator: ' = ' };

export const source = documented('Linux-PAM', '1.4 to 1.7', 'faillock.conf(5)');

/** Where pam_faillock is called, and where its arguments override the file. */
const services = ['common-auth', 'system-auth', 'password-auth', 'login', 'sshd'];

/** What holds without a statement. `judged`: the default itself may be a finding, so an argument that may state it leaves it open. */
export interface Unstated<T> {
  readonly value: T;
  readonly judged?: true;
}

/** A number of seconds or tries. faillock.conf(5): `never` is 0. */
export function number(analysis: Analysis<Directives>, name: string, absent: Unstated<number>): Setting<number> | undefined {
  const place = slot(analysis.tree, analysis.tree, name, { wins: 'last' });
  return place.raw !== undefined ? setting(place, count, { because: '' }) : unless(analysis, name, absent, () => setting(place, count, { value: absent.value, source }));
}

const count: Codec<number> = { read: (raw) => (raw.toLowerCase() === 'never' ? 0 : integer.read(raw)), print: String };

/** A bare word. */
export function word(analysis: Analysis<Directives>, name: string, absent: Unstated<boolean> = { value: false }): Setting<boolean> | undefined {
  const place = flag(analysis.tree, analysis.tree, name);
  const codec = yesNo(['yes'], ['no']);
  return place.raw !== undefined ? setting(place, codec, { because: '' }) : unless(analysis, name, absent, () => setting(place, codec, { value: absent.value, source }));
}

/** The default, unless an argument of the module states it. */
function unless<T>({ path, surroundings }: Analysis, name: string, { judged }: Unstated<T>, otherwise: () => Setting<T>): Setting<T> | undefined {
  const argument = pamStates(surroundings, path, services, ['pam_faillock.so'], [name]);
  if (argument === 'pending') return judged && undetermined({ start: 0, end: 0 }, `an argument of pam_faillock in /etc/pam.d may state ${name}`);
  return argument ? undefined : otherwise();
}
