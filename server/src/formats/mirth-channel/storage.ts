import { oneOf, yesNo } from '#engine/codec.js';
import { setting, type Setting } from '#engine/setting.js';
import { childSlot, childrenOf, descend, type Element, type Xml } from '#notations/xml.js';
import { valueOf, type MirthChannel } from './channels.js';

export const trueFalse = yesNo(['true'], ['false']);
const modes = oneOf('DEVELOPMENT', 'PRODUCTION', 'RAW', 'METADATA', 'DISABLED');
export type StorageMode = 'DEVELOPMENT' | 'PRODUCTION' | 'RAW' | 'METADATA' | 'DISABLED';

/** How much of each message a channel keeps in the database of the server. */
export function storageMode(file: Xml, properties: Element): Setting<StorageMode> {
  return setting(childSlot(file, properties, 'messageStorageMode'), modes, { because: 'the export does not state how much of a message is kept' });
}

/** Whether content stays in the database once a message is through. */
export function keepsContent(file: Xml, properties: Element): Setting<boolean> {
  const mode = storageMode(file, properties);
  if (mode.kind === 'undetermined') return mode;
  const removed = valueOf(file, properties, 'removeContentOnCompletion') === 'true' && valueOf(file, properties, 'removeOnlyFilteredOnCompletion') !== 'true';
  return { ...mode, value: mode.value !== 'METADATA' && mode.value !== 'DISABLED' && !removed, write: () => [] };
}

const caution = 'Only messages that arrive later are encrypted, and their content can no longer be searched. '
  + 'The key is in the keystore of the server: without a copy of the keystore and its passwords, no stored message can be read again.';

/** The stores of a channel: its messages, their attachments, and columns of its own. */
export function storesOf({ file, name, properties }: MirthChannel) {
  if (!properties) return [];
  const keeps = keepsContent(file, properties);
  if (keeps.kind !== 'undetermined' && !keeps.value) return [];
  const on = (field: string) => {
    const encrypted = setting(childSlot(file, properties, field), trueFalse, { because: `the export does not state ${field}` });
    return keeps.kind === 'undetermined' ? keeps : encrypted.kind === 'undetermined' ? encrypted : { ...encrypted, caution };
  };
  const has = (field: string) => descend(properties, field) !== undefined;
  const columns = childrenOf(
    descend(properties, 'metaDataColumns'), 'metaDataColumn'
  ).some((column) => !['SOURCE', 'TYPE', 'VERSION'].includes(valueOf(file, column, 'name') ?? 'SOURCE'));
  const span = descend(properties, 'messageStorageMode')?.span ?? properties.tag;
  return [
    { label: `The message store of channel ${name}`, span, kind: 'database', encrypted: on('encryptData') },
    ...(has('encryptAttachments') && valueOf(
      file, properties, 'storeAttachments'
    ) === 'true' ? [{ label: `The attachment store of channel ${name}`, span, kind: 'database', encrypted: on('encryptAttachments') }] : []),
    ...(has('encryptCustomMetaData') && columns ? [{
      label: `The table of custom columns of channel ${name}`, span, kind: 'database', encrypted: on('encryptCustomMetaData'),
    }] : []),
  ];
}
