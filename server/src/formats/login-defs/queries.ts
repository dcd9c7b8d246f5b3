import { integer, yesNo } from '#engine/codec.js';
import { query } from '#engine/query.js';
import { observe, type Setting } from '#engine/setting.js';
import type { Directives } from '#notations/directives.js';
import { days, hashMethod, octal, statedValue, value } from './reading.js';

/** What only login.defs says. */
export interface AccountDefaults {
  readonly warning: Setting<number>;
  /** Days after which a password expires, to which the warning belongs. */
  readonly maximumAge: Setting<number>;
  readonly umask: Setting<number>;
  readonly inertLength: Setting<number> | undefined;
  readonly unknownNames: Setting<boolean> | undefined;
}

/** login.defs(5): without PASS_WARN_AGE no warning is given, without UMASK it is 022. */
export const accountDefaults = query<Directives, AccountDefaults>('login-defs', 'account defaults', ({ tree }) => {
  const length = statedValue(tree, 'PASS_MIN_LEN', integer);
  return [{
    warning: value(tree, 'PASS_WARN_AGE', integer, -1),
    maximumAge: value(tree, 'PASS_MAX_DAYS', days, Infinity),
    umask: value(tree, 'UMASK', octal, 0o022),
    inertLength: length && observe(length, (characters) => characters),
    unknownNames: statedValue(tree, 'LOG_UNKFAIL_ENAB', yesNo(['yes'], ['no'])),
  }];
});

/** What it costs to compute one hash, in the unit of the method. */
export interface HashCost {
  readonly name: string;
  readonly least: number;
  readonly value: Setting<number> | undefined;
}

/** login.defs(5): each cost is read with its own ENCRYPT_METHOD alone. crypt(5): 5000 rounds of SHA-crypt and cost 5 of yescrypt are the defaults of the library. */
export const hashCosts = query<Directives, HashCost>('login-defs', 'hash costs', ({ tree }) => {
  const method = statedValue(tree, 'ENCRYPT_METHOD', hashMethod);
  const word = method?.kind === 'stated' ? method.value : '';
  return ([['SHA_CRYPT_MIN_ROUNDS', 'SHA', 5000], ['SHA_CRYPT_MAX_ROUNDS', 'SHA', 5000], ['YESCRYPT_COST_FACTOR', 'YESCRYPT', 5]] as const)
    .filter(([, of]) => word.startsWith(of))
    .map(([name, , least]) => ({ name, least, value: statedValue(tree, name, integer) }));
});
