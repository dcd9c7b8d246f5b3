import type { LoginFields } from '#concepts/login.js';
import type { Fact, Fields } from '#engine/concept.js';
import { known, undetermined } from '#engine/setting.js';
import { firstLine, memberAt, nearestTo, obscuredAt, type Exported } from '#notations/object-literal.js';
import { itemsAt } from './data-sources.js';

/** The OpenID provider people sign in at, as if it were the whole file. The viewer uses the first of the list. */
export function signIn(file: Exported): Exported | undefined {
  const first = itemsAt(file, ['oidc'])[0];
  return first && { ...file, root: first };
}

/** Whether the viewer itself asks who is there. It need not: a proxy in front of it may, or the archive behind it. */
export function logins(file: Exported): readonly (Fact & Fields<LoginFields>)[] {
  const member = memberAt(file, ['oidc']);
  const span = member ? firstLine(file, member) : nearestTo(file, ['oidc']);
  const asks = signIn(file) !== undefined;
  const elsewhere = 'the file names no OpenID provider: look whether a proxy in front of the viewer, or the image archive, asks people to sign in';
  const because = member?.value.kind === 'expression' ? 'an expression decides it' : (obscuredAt(file, ['oidc']) ?? elsewhere);
  return [{ label: 'The viewer', span, anonymous: asks ? known(false, span) : undetermined(span, because) }];
}
