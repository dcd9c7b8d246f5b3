import { tlsVersions, type TlsVersion } from '#concepts/channel.js';
import { text } from '#engine/codec.js';
import { stated, translate, undetermined, type Codec, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import type { Statement } from '#notations/blocks.js';
import { strengthened, weakIn } from '#notations/cipher-list.js';
import { inherited, type Level } from './levels.js';

/** The directives of versions and ciphers that a fact of this file has spoken of. */
export type Spoken = Set<Statement>;

const versionWords: Readonly<Record<string, TlsVersion>> = table({ sslv2: 'SSLv2', sslv3: 'SSLv3', tlsv1: '1.0', 'tlsv1.1': '1.1', 'tlsv1.2': '1.2',
  'tlsv1.3': '1.3' });

/** A list of versions, judged by its least; written, the versions from the wanted one on. */
const versions: Codec<TlsVersion> = {
  read: (raw) => {
    const read = raw.split(' ').map((word) => versionWords[word.toLowerCase()]);
    return read.length === 0 || read.includes(undefined) ? undefined : tlsVersions.find((version) => read.includes(version));
  },
  print: (least) => (least === '1.3' ? 'TLSv1.3' : 'TLSv1.2 TLSv1.3'),
};

/** The least version that a level states or inherits, once for each line. */
export function versionsAt(level: Level, name: string, spoken: Spoken): Setting<TlsVersion> | undefined {
  const slot = inherited(level, name, true);
  return slot.raw !== undefined && first(slot, spoken) ? stated(slot, versions) : undefined;
}

/** The weak ciphers that a level states or inherits, once for each line. */
export function ciphersAt(level: Level, name: string, spoken: Spoken): Setting<readonly string[]> | undefined {
  const slot = inherited(level, name);
  if (slot.raw === undefined || !first(slot, spoken)) return undefined;
  if (slot.raw.includes('$')) return undetermined(slot.span, `${slot.raw} is filled in when the file is deployed`);
  const list = stated(slot, text);
  return list && translate(list, weakIn, () => strengthened(slot.raw!));
}

/** Whether a deciding line is of this file and no fact has spoken of it yet: one line that serves ten servers is one finding. */
export function first(slot: { readonly statement?: Statement; readonly elsewhere: boolean }, spoken: Spoken): boolean {
  if (slot.elsewhere || !slot.statement || spoken.has(slot.statement)) return false;
  spoken.add(slot.statement);
  return true;
}
