import { Attached } from '#engine/attached.js';
import type { Slot } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { valuesOf, wordSlot, isFilledIn, type Command, type Commands, type Word } from './windows-commands.js';
import { foldedKey, type Registry, type RegistryType } from './windows-registry.js';

/** A value that a command writes. */
interface Value {
  readonly name: string;
  readonly type: RegistryType | undefined;
  readonly slot: Slot;
}

const services = 'HKLM\\SYSTEM\\CurrentControlSet\\Services';
const types: Readonly<Record<string, RegistryType>> = table({
  reg_dword: 'dword', dword: 'dword', reg_sz: 'text', reg_expand_sz: 'text', string: 'text', expandstring: 'text', reg_multi_sz: 'list', multistring: 'list',
  reg_binary: 'binary', binary: 'binary',
});

/** Numbers may be hexadecimal; `$true` and `$false` become numbers. */
const numberOf = (text: string) => {
  const said = text.toLowerCase();
  return /^0x[0-9a-f]{1,8}$/.test(said) ? String(Number.parseInt(said.slice(2), 16)) : said === '$true' || said === 'true' ? '1' : said === '$false' || said === 'false' ? '0' : text;
};

/**
 * What a script writes to the registry, by `reg add`, `Set-ItemProperty` and `New-ItemProperty`, and what other commands write there in
 * words of their own. The last command on a value counts, as a script that switches something off for a while switches it on again below.
 */
export function registryOf(file: Commands): Registry {
  const values = new Map<string, Map<string, Value>>();
  // Values below a key that is filled in later, by their name: what of the key is written out is its end.
  const unknown = new Map<string, { readonly tail: string; readonly slot: Slot }[]>();
  const put = (key: string, name: string, type: RegistryType | undefined, slot: Slot) => {
    if (isFilledIn(key)) {
      const tail = foldedKey(key.slice(Math.max(key.lastIndexOf('%'), key.lastIndexOf('!'), key.lastIndexOf(')'), key.lastIndexOf('}')) + 1).replace(/^.*\$\w+/, ''));
      const open = unknown.get(name.toLowerCase()) ?? [];
      unknown.set(name.toLowerCase(), open);
      open.push({ tail, slot: { span: slot.span, obscured: 'the key is filled in when the script runs', write: () => [] } });
      return;
    }
    const folded = foldedKey(key);
    const below = values.get(folded) ?? new Map<string, Value>();
    values.set(folded, below);
    below.set(name.toLowerCase(), { name, type, slot });
  };
  for (const command of file.commands) {
    if (command.name === 'reg' && command.words[1]?.text.toLowerCase() === 'delete') {
      values.get(foldedKey(keyOf(command.words[2]?.text ?? '')))?.delete(valuesOf(command, '/v')?.[0]?.text.toLowerCase() ?? '');
    } else for (const { key, name, type, slot } of writesOf(file, command)) put(key, name, type, slot);
  }
  return {
    value: (key, name, type) => {
      const found = values.get(foldedKey(key))?.get(name.toLowerCase());
      if (!found) {
        const open = unknown.get(name.toLowerCase())?.find(({ tail }) => (tail === '' ? !common.has(name.toLowerCase()) : foldedKey(key).endsWith(tail)));
        return open ? open.slot : { span: { start: 0, end: 0 }, write: () => [] };
      }
      return found.type !== undefined && found.type !== type ? { span: found.slot.span, obscured: 'the value is of another type than the one Windows reads here', write: () => [] } : found.slot;
    },
    under: (key) => [...(values.get(foldedKey(key))?.values() ?? [])],
  };
}

/** Names of values that many keys have, so that a name alone says nothing. */
const common = new Set(['start', 'enabled', 'disabled', 'disabledbydefault', 'value', 'maxsize', 'shadow', 'enforcementmode', '1', '2', '4', '5']);

/** All that commands write to the registry, what a later one overwrites too: the script holds it all. */
export function registryWrites(file: Commands): readonly Written[] {
  return file.commands.flatMap((command) => writesOf(file, command));
}

/** A value with the key it is written to. */
interface Written extends Value {
  readonly key: string;
}

const written = new Attached<Command, readonly Written[]>();

/** What one command writes, worked out once for whoever asks. */
function writesOf(file: Commands, command: Command): readonly Written[] {
  return written.of(command, () => {
    const found: Written[] = [];
    write(file, command, (key, name, type, slot) => found.push({ key, name, type, slot }));
    return found;
  });
}

/** What one command writes to the registry. */
function write({ text }: Commands, command: Command, put: Put): void {
  const [first, second] = [command.name, command.words[1]?.text.toLowerCase()];
  if (first === 'reg' && second === 'add') added(command, put);
  else if (first === 'set-itemproperty' || first === 'new-itemproperty' || first === 'sp') property(command, put);
  else if (first === 'sc' && second === 'config' || first === 'set-service') started(command, put);
  else if (first === 'set-smbserverconfiguration' || first === 'set-smbclientconfiguration') sharing(command, put);
  else if (first === 'set-item') remoting(command, put);
  else if ((first === 'winrm' || first === 'winrm.cmd') && second === 'set') winrm(text, command, put);
}

type Put = (key: string, name: string, type: RegistryType | undefined, slot: Slot) => void;

const keyOf = (path: string) => path.replace(/^(?:microsoft\.powershell\.core\\)?registry::/i, '').replace(/^(HKLM|HKCU):\\?/i, '$1\\');

/** `reg add KEY /v NAME /t TYPE /d DATA /f`. */
function added(command: Command, put: Put): void {
  const key = command.words[2];
  const name = valuesOf(command, '/v')?.[0];
  const data = valuesOf(command, '/d')?.[0];
  if (!key || !name || !data || isFilledIn(name.text)) return;
  const type = types[valuesOf(command, '/t')?.[0]?.text.toLowerCase() ?? 'reg_sz'];
  if (type === undefined || type === 'list') return;
  put(keyOf(key.text), name.text, type, type === 'dword' ? wordSlot(data, numberOf) : wordSlot(data));
}

/** `Set-ItemProperty -Path KEY -Name NAME -Value DATA -Type TYPE`; without a type, a number is a number. */
function property(command: Command, put: Put): void {
  const key = valuesOf(command, '-Path')?.[0] ?? valuesOf(command, '-LiteralPath')?.[0] ?? positional(command, 0);
  const name = valuesOf(command, '-Name')?.[0] ?? positional(command, 1);
  const data = valuesOf(command, '-Value')?.[0] ?? positional(command, 2);
  if (!key || !name || !data || isFilledIn(name.text) || !isFilledIn(key.text) && !/^(?:HK(?:LM|CU):|(?:microsoft\.powershell\.core\\)?registry::)/i.test(key.text)) return;
  const said = (valuesOf(command, '-PropertyType') ?? valuesOf(command, '-Type'))?.[0]?.text.toLowerCase();
  const type = said === undefined ? (/^(?:0x[0-9a-f]+|\d+)$/i.test(data.text) && !data.quoted ? 'dword' : isFilledIn(data.text) ? undefined : 'text') : types[said];
  if (type === 'list' || type === undefined && said !== undefined) return;
  put(keyOf(key.text), name.text, type, type === 'dword' ? wordSlot(data, numberOf) : wordSlot(data));
}

/** The words in front of the first switch, behind the name of the command. */
function positional({ words }: Command, at: number): Word | undefined {
  const stop = words.findIndex((word, i) => i > 0 && !word.quoted && /^-[a-z]/i.test(word.text));
  return words.slice(1, stop < 0 ? undefined : stop)[at];
}

const modes: Readonly<Record<string, string>> = table({ auto: '2', automatic: '2', 'delayed-auto': '2', demand: '3', manual: '3', disabled: '4' });

/** `sc config NAME start= disabled` and `Set-Service NAME -StartupType Disabled`. */
function started(command: Command, put: Put): void {
  const batch = command.name === 'sc';
  const name = batch ? command.words[2] : (valuesOf(command, '-Name')?.[0] ?? positional(command, 0));
  const at = command.words.findIndex((word) => word.text.toLowerCase() === 'start=');
  const mode = batch ? (at < 0 ? undefined : command.words[at + 1]) : valuesOf(command, '-StartupType')?.[0];
  if (!name || !mode || isFilledIn(name.text)) return;
  const spell = (raw: string) => (raw === '2' ? (batch ? 'auto' : 'Automatic') : raw === '3' ? (batch ? 'demand' : 'Manual') : batch ? 'disabled' : 'Disabled');
  put(`${services}\\${name.text}`, 'Start', 'dword', wordSlot(mode, (text) => modes[text.toLowerCase()] ?? text, spell));
}

const switched = (word: Word) => wordSlot(word, numberOf, (raw, was) => (was.startsWith('$') ? (raw === '1' ? '$true' : '$false') : raw === '1' ? 'True' : 'False'));

/** `Set-SmbServerConfiguration -EncryptData $true`, which the server keeps in its registry under other names. */
function sharing(command: Command, put: Put): void {
  const side = command.name.includes('server') ? 'LanmanServer' : 'LanmanWorkstation';
  for (const [option, name] of [['-EnableSMB1Protocol', 'SMB1'], ['-RequireSecuritySignature', 'RequireSecuritySignature'], ['-EncryptData', 'EncryptData'], ['-RejectUnencryptedAccess', 'RejectUnencryptedAccess'],
    ['-EnableInsecureGuestLogons', 'AllowInsecureGuestAuth']] as const) {
    const value = valuesOf(command, option)?.[0];
    if (value) put(`${services}\\${side}\\Parameters`, name, 'dword', switched(value));
  }
}

/** `Set-Item WSMan:\localhost\Service\AllowUnencrypted $true`, as the policies of WinRM. */
function remoting(command: Command, put: Put): void {
  const path = valuesOf(command, '-Path')?.[0] ?? positional(command, 0);
  const value = valuesOf(command, '-Value')?.[0] ?? positional(command, 1);
  const [, side, , option] = /^WSMan:\\localhost\\(Service|Client)(\\Auth)?\\(AllowUnencrypted|Basic|Digest)$/i.exec(path?.text ?? '') ?? [];
  if (!side || !option || !value) return;
  const name = ofWinRm[option.toLowerCase()]!;
  put(`HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WinRM\\${side}`, name, 'dword', switched(value));
}

const ofWinRm: Readonly<Record<string, string>> = table({ allowunencrypted: 'AllowUnencryptedTraffic', basic: 'AllowBasic', digest: 'AllowDigest' });

/** `winrm set winrm/config/service @{AllowUnencrypted="true"}`, as the policies of WinRM; the values stand as written, whatever the shell. */
function winrm(text: string, { words }: Command, put: Put): void {
  const path = words[2];
  const side = /^winrm\/config\/(service|client)(?:\/auth)?$/i.exec(path?.text ?? '')?.[1];
  if (!path || !side) return;
  const from = path.span.end + (path.quoted ? 1 : 0);
  const values = /^[ \t]*['"]?@\{[^}\n]{0,300}\}/.exec(text.slice(from, from + 400))?.[0] ?? '';
  for (const pair of values.matchAll(/(\w{1,40})[ \t]{0,9}=[ \t]{0,9}[\\"]{0,2}(true|false)\b/gi)) {
    const name = ofWinRm[pair[1]!.toLowerCase()];
    const end = from + pair.index + pair[0].length;
    const span = { start: end - pair[2]!.length, end };
    const raw = pair[2]!.toLowerCase() === 'true' ? '1' : '0';
    if (!name) continue;
    const key = `HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WinRM\\${side}`;
    put(key, name, 'dword', { span, raw, write: (wanted) => (wanted === raw ? [] : [{ ...span, text: wanted === '1' ? 'true' : 'false' }]) });
  }
}
