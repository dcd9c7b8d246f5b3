import { Channel } from '#concepts/channel.js';
import { Login } from '#concepts/login.js';
import { isThisMachine } from '#concepts/network-names.js';
import { Opening } from '#concepts/opening.js';
import { Secret, isStandIn } from '#concepts/secret.js';
import type { Analysis } from '#engine/analysis.js';
import { oneOf, text } from '#engine/codec.js';
import { format, lowering } from '#engine/format.js';
import { known, setting, translate, undetermined, type Setting, type Slot } from '#engine/setting.js';
import { documented } from '#engine/release.js';
import type { Edit, Span } from '#engine/text.js';
import { accesses, type Access } from './access.js';
import { inclusionsOf, column, option, parseHba, types, type Hba, type HbaRecord } from './records.js';

export default format<Hba>({
  title: 'PostgreSQL client authentication',
  files: [
    '**/pg_hba.conf', '**/pg_hba.conf.sample', '**/pg_hba*.conf',
    { named: ['**/*hba*.conf', '**/pg_hba/**', '**/pg_hba.d/*'],
      saying: /^[ \t]*(?:local|host|hostssl|hostnossl)[ \t]{1,99}\S{1,200}[ \t]{1,99}\S[^\n]{0,300}[ \t](?:trust|reject|md5|scram-sha-256|password|peer|ident|cert|ldap|gss|pam|radius)\b/m },
  ],
  parse: parseHba,
  comments: (file) => file.comments,
  comment: (said) => `# ${said}`,
  includes: inclusionsOf,
  facts: [
    lowering(Channel, (file, analysis) => accesses.select(analysis).flatMap((access) => [...listening(file, access), ...directory(access)])),
    lowering(Login, (file, analysis) => {
      const all = accesses.select(analysis);
      const keepsMd5 = all.some(({ record }) => record.method.value === 'md5') && hashesWithMd5(analysis);
      return all.map((access) => ({ label: access.label, span: access.record.span, method: method(file, access, keepsMd5) }));
    }),
    lowering(Opening, (file, analysis) => accesses.select(analysis).flatMap(({ record, twins, reach, label }) => {
      if (reach === 'nobody else') return [];
      const place = alike([record, ...twins].map((line) => column(file, line.address!, line.mask)));
      const source = translate(setting(place, text, { because: '' }),
        (): 'anywhere' | 'restricted' => (reach === 'everyone' ? 'anywhere' : 'restricted'), () => 'samenet');
      return [{ label, span: record.span, ports: [[5432, 5432]] as const, protocol: 'tcp',
        source: { ...source, caution: '`samenet` lets in the networks this machine is part of; write the network of your clients where it is another one.' } }];
    })),
    lowering(Secret, (_file, analysis) => accesses.select(analysis).flatMap(({ record, label }) =>
      ([['ldapbindpasswd', 'the password of the directory account'], ['radiussecrets', 'the secret of the RADIUS server']] as const).flatMap(([name, what]) => {
        const found = record.options.get(name);
        return found && !isStandIn(found.value) ? [{ label, span: { start: found.start, end: found.start + name.length }, what,
          kept: known<'clear'>('clear', { start: found.start, end: found.start + name.length }) }] : [];
      }),
    )),
  ],
});

/** The first of several columns that are written alike. */
function alike(columns: readonly Slot[]): Slot {
  return { ...columns[0]!, write: (raw) => columns.flatMap((one) => one.write(raw)) };
}

function listening(file: Hba, { record, twins, reach, protection, label, behind }: Access) {
  const word = setting(alike([record, ...twins].map((line) => column(file, line.typeToken))), oneOf(...types), { because: '' });
  const read: Setting<Access['protection']> = translate(word, () => protection, () => 'hostssl');
  return [{
    label,
    span: record.span,
    role: 'listens' as const,
    protocol: 'postgresql',
    port: 5432,
    address: record.address?.value,
    reach: known<'loopback' | 'network'>(reach === 'nobody else' ? 'loopback' : 'network', record.span),
    protection: behind && protection !== 'encrypted' ? undetermined(record.span, `a line of ${behind.target} may take unencrypted connections first`)
      : { ...read, caution: 'A `hostssl` line lets nobody in while `ssl` is off in postgresql.conf.' },
    peerVerified: record.method.value === 'cert' || record.options.get('clientcert')?.value.startsWith('verify') ? known(true, record.span) : undefined,
  }];
}

/**
 * PostgreSQL 15, chapter 21: `trust` asks for nothing, `ident` believes the other machine, `password` hands the
 * password over, `md5` is a broken hash, but SCRAM for a password that is kept so (section 21.5). On this machine none
 * of these travel, and `ident` and `peer` ask the kernel.
 */
function method(file: Hba, { record, reach }: Access, keepsMd5: boolean): Setting<'none' | 'weak' | 'password' | 'strong'> {
  const near = reach === 'nobody else';
  if (record.method.value === 'md5' && !near && !keepsMd5)
    return undetermined(record.method, 'a password kept with SCRAM is proven with SCRAM here too, one kept with MD5 is not: `scram-sha-256` would ask for it');
  const at = column(file, record.method);
  // A map of names belongs to methods that have names of their own; the server refuses it with a password.
  const map = record.options.get('map');
  const withoutMap = map ? [{ start: record.method.end + file.text.slice(record.method.end, map.start).trimEnd().length, end: map.end, text: '' }] : [];
  const word = setting({ ...at, write: (raw) => (raw === 'scram-sha-256' ? [...withoutPadding(at.write(raw), record.method), ...withoutMap] : at.write(raw)) },
    text, { because: '' });
  return translate(word, (name) => {
    if (name === 'trust') return 'none';
    if (name === 'ident') return near ? 'strong' : 'none';
    if (name === 'password' || name === 'md5' || name === 'crypt') return near ? 'password' : 'weak';
    return name === 'cert' || name === 'gss' || name === 'sspi' || name === 'peer' ? 'strong' : 'password';
  }, () => (record.type === 'local' ? 'peer' : 'scram-sha-256'));
}

/** Whether the postgresql.conf beside the file keeps new passwords under MD5. */
function hashesWithMd5({ path, surroundings }: Analysis<Hba>): boolean {
  const beside = surroundings.open(`${path.slice(0, path.lastIndexOf('/') + 1)}postgresql.conf`);
  return typeof beside === 'object' && /^[ \t]*password_encryption[ \t=]+'?(?:md5|on)\b/im.test(beside.text);
}

/** The method is the last column but for its options: nothing behind it needs to stay in place. */
function withoutPadding(edits: readonly Edit[], method: Span): readonly Edit[] {
  return edits.map((edit) => ({ ...edit, end: method.end, text: edit.text.trimEnd() }));
}

/** With `ldap` the server passes the password on to a directory: in clear, unless told otherwise. */
function directory({ record, label }: Access) {
  if (record.method.value !== 'ldap') return [];
  const url = record.options.get('ldapurl')?.value ?? '';
  const server = record.options.get('ldapserver')?.value ?? /^ldaps?:\/\/([^/:]*)/.exec(url)?.[1];
  const secure = record.options.get('ldapscheme')?.value === 'ldaps' || url.startsWith('ldaps:');
  const tls = setting(option(record as HbaRecord, 'ldaptls'), oneOf('1', '0'), { value: '0', source: documented('PostgreSQL', '10 to 18', 'section 21.10') });
  const near = server !== undefined && isThisMachine(server);
  return [{
    label: `${label}: the connection to the directory${server === undefined ? '' : ` ${server}`}`,
    span: record.span,
    role: 'connects' as const,
    protocol: 'ldap',
    address: server,
    reach: known<'loopback' | 'network'>(near ? 'loopback' : 'network', record.span),
    protection: secure ? known<'none' | 'encrypted'>('encrypted', record.span)
      : translate(tls, (on): 'none' | 'encrypted' => (on === '1' ? 'encrypted' : 'none'), () => '1'),
  }];
}
