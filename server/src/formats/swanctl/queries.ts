import { query } from '#engine/query.js';
import type { Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { placed } from './includes.js';
import type { SettingsTree } from '#notations/settings-tree.js';
import { secrets } from './connections.js';

/** Something that is as it should be or is not. */
export interface Matter {
  readonly label: string;
  readonly span: Span;
  readonly good: Setting<boolean>;
}

/** Keys for IKE that name no end they are for. */
export const unnamedKeys = query<SettingsTree, Matter>('swanctl', 'keys without identities', (analysis) =>
  secrets(placed(analysis)).flatMap(({ label, span, named }) => (named ? [{ label, span, good: named }] : [])));

/** Keys for IKE too short to be strong, however they were made. */
export const shortKeys = query<SettingsTree, Matter>('swanctl', 'short keys', (analysis) =>
  secrets(placed(analysis)).flatMap(({ label, span, long }) => (long ? [{ label, span, good: long }] : [])));
