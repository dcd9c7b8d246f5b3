import { isEveryAddress } from '#concepts/network-names.js';
import { isStandIn } from '#concepts/secret.js';
import { query } from '#engine/query.js';
import { known, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { mostBits } from '#notations/ipsec-proposals.js';
import { entries, type Secrets } from './entries.js';

/** A shared key. */
export interface SharedKey {
  readonly label: string;
  readonly span: Span;
  /** Whether it names another end than any. */
  readonly named: Setting<boolean>;
  readonly long: Setting<boolean>;
}

/** The shared keys of a file. ipsec.secrets(5): without selectors a key is for any ends, and one selector names this end alone. */
export const sharedKeys = query<Secrets, SharedKey>('ipsec-secrets', 'shared keys', ({ tree }) =>
  entries(tree).filter(({ kind, secret }) => kind === 'PSK' && secret !== undefined && !isStandIn(secret)).map(({ label, span, selectors, secret }) => ({
    label,
    span,
    named: known(selectors.length > 0 && !selectors.some((one) => isEveryAddress(one)), span),
    long: known(mostBits(secret!) >= 112, span),
  })));
