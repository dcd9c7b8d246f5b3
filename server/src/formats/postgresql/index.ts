import { AuditTrail } from '#concepts/audit-trail.js';
import { Backup } from '#concepts/backup.js';
import { Channel, type TlsVersion } from '#concepts/channel.js';
import { isThisMachine } from '#concepts/network-names.js';
import { PasswordPolicy } from '#concepts/password-policy.js';
import { Secret } from '#concepts/secret.js';
import { Session } from '#concepts/session.js';
import { oneOf, text } from '#engine/codec.js';
import { format, lowering } from '#engine/format.js';
import { isFilledIn } from '#engine/holes.js';
import { documented, inReleases, isBefore } from '#engine/release.js';
import { known, observe, setting, stated, translate, undetermined, type Setting } from '#engine/setting.js';
import { table } from '#engine/table.js';
import { strengthened, weakIn } from '#notations/cipher-list.js';
import type { Directives } from '#notations/directives.js';
import { auditTrails } from './logging.js';
import { conninfo, holdsPassword, keyword } from './conninfo.js';
import { encryption, releasesFor } from './releases.js';
import { boolean, inclusionsOf, milliseconds, parse, settingsOf, statedHere, type Settings } from './settings.js';

const source = documented('PostgreSQL', '10 to 18', 'section 20.3');

export default format<Directives>({
  title: 'PostgreSQL server',
  files: [
    // Folders of other programs hold files of this name: systemd, rsyslog, a log rotation.
    'postgresql.conf', '**/!(*.d)/postgresql.conf', '**/postgresql.auto.conf', '**/postgresql.conf.sample',
    { named: ['**/postgresql*.conf', '**/postgresql/**/conf.d/*.conf', '**/postgresql/**/*.conf', '**/postgres*.conf', '**/pgsql/**/*.conf'],
      saying: /^[ \t]*#?(?:listen_addresses|shared_buffers|hba_file|ssl_min_protocol_version|log_connections|log_line_prefix|password_encryption|wal_level|max_wal_size)[ \t]*=/m },
  ],
  parse,
  comments: (file) => file.comments,
  comment: (said) => `# ${said}`,
  includes: inclusionsOf,
  facts: [
    lowering(Channel, (file, analysis) => {
      const settings = settingsOf(file, analysis);
      return [...listening(settings), ...replicating(settings)];
    }),
    lowering(PasswordPolicy, (file, analysis) => {
      const settings = settingsOf(file, analysis);
      const slot = settings.of('password_encryption');
      const used = releasesFor(settings, analysis);
      // All releases that are still maintained hash with SCRAM by default: an earlier one is named, where the file is for one.
      const isOld = slot.raw === undefined && !settings.fragment && used !== undefined && isBefore(used.greatest, '14');
      const hash = isOld ? setting(slot, hashWord, inReleases(encryption, used, 'state password_encryption')) : statedHere(slot, hashWord);
      return hash ? [{ label: 'The database server', span: hash.span,
        hash: translate(hash, hashOf, (wanted) => (wanted === 'strong' ? 'scram-sha-256' : 'md5')) }] : [];
    }),
    lowering(AuditTrail, (file, analysis) => auditTrails(settingsOf(file, analysis))),
    lowering(Session, (file, analysis) => {
      const settings = settingsOf(file, analysis);
      return ([['idle_session_timeout', 'A database session'],
        ['idle_in_transaction_session_timeout', 'A database session inside a transaction']] as const).flatMap(([name, label]) => {
        const slot = settings.of(name);
        if (slot.elsewhere || (slot.raw === undefined && (slot.obscured !== undefined || name !== 'idle_session_timeout'))) return [];
        return [{ label, span: slot.span, idle: setting(slot, milliseconds, { because: 'the applications that connect may end idle sessions themselves' }) }];
      });
    }),
    lowering(Backup, (file, analysis) => {
      const settings = settingsOf(file, analysis);
      const mode = settings.of('archive_mode');
      const command = settings.of('archive_command');
      const on = statedHere(mode, oneOf('on', 'always', 'off', 'true', 'false', 'yes', 'no'));
      if (!on) return [];
      const isOn = observe(on, (word) => !['off', 'false', 'no'].includes(word));
      if (isOn.kind === 'undetermined') return [];
      if (!isOn.value) return [{ label: 'The archive of changes', span: mode.span,
        enabled: undetermined(mode.span, 'another program may make the backups, such as pg_dump or a snapshot of the volume') }];
      if (command.elsewhere || settings.of('archive_library').raw) return [];
      const archived = stated(command, text);
      return archived ? [{ label: 'The archive of changes', span: command.span,
        enabled: observe(archived, (line) => !/^(?:|:|(?:\/usr)?(?:\/bin\/)?true|exit 0|cd \.|echo .*)$/.test(line.trim())) }] : [];
    }),
    lowering(Secret, (file, analysis) => {
      const settings = settingsOf(file, analysis);
      const conn = settings.of('primary_conninfo');
      const phrase = settings.of('ssl_passphrase_command');
      return [
        ...(conn.raw !== undefined && !conn.elsewhere ? [{ label: 'The connection to the primary server', span: conn.span, what: 'the replication password',
          kept: known<'clear' | 'referenced'>(holdsPassword(conn.raw) ? 'clear' : 'referenced', conn.span) }] : []),
        ...(phrase.raw && !phrase.elsewhere ? [{ label: 'The passphrase command', span: phrase.span, what: 'the passphrase of the private key',
          kept: known<'clear' | 'referenced'>(/^\s*(?:\/\S*\/)?(?:echo|printf)\s+(?!["']?(?:%p|\$))\S/.test(phrase.raw) ? 'clear' : 'referenced',
            phrase.span) }] : []),
      ];
    }),
  ],
});

const hashWord = oneOf('scram-sha-256', 'md5', 'on', 'off', 'plain', 'true', 'false', 'yes', 'no', '1', '0');

function hashOf(word: string): 'strong' | 'weak' | 'none' {
  return word === 'scram-sha-256' ? 'strong' : ['off', 'plain', 'false', 'no', '0'].includes(word) ? 'none' : 'weak';
}

const minimum = oneOf('TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3');
const versionOf = table({ TLSv1: '1.0', 'TLSv1.1': '1.1', 'TLSv1.2': '1.2', 'TLSv1.3': '1.3' } as const);

function listening(settings: Settings) {
  const addresses = settings.of('listen_addresses');
  const ssl = settings.of('ssl');
  const version = settings.of('ssl_min_protocol_version');
  const ciphers = settings.of('ssl_ciphers');
  const port = settings.of('port');
  if (settings.fragment && [addresses, ssl, version, ciphers].every(({ raw }) => raw === undefined)) return [];
  const on = setting(ssl, boolean, { value: false, source });
  const off = on.kind !== 'undetermined' && !on.value;
  const place = addresses.raw !== undefined ? addresses.span : ssl.span;
  const least = off ? undefined : statedHere(version, minimum);
  const weak = off ? undefined : statedHere(ciphers, text);
  return [{
    label: 'The PostgreSQL server',
    span: place,
    role: 'listens' as const,
    protocol: 'postgresql',
    port: port.raw === undefined || !/^\d{1,5}$/.test(port.raw) ? 5432 : Number(port.raw),
    address: addresses.raw,
    reach: observe(setting(addresses, text, { value: 'localhost', source }), reachOf),
    // Whether a client may still speak in clear is said by pg_hba.conf, line by line.
    protection: protection(on, place),
    leastVersion: least && translate(least, (word): TlsVersion => versionOf[word], (wanted) => (wanted === '1.3' ? 'TLSv1.3' : 'TLSv1.2')),
    weakCiphers: weak && translate(weak, weakIn, () => strengthened(ciphers.raw ?? '')),
  }];
}

function protection(on: Setting<boolean>, place: Setting<boolean>['span']): Setting<'none' | 'opportunistic' | 'encrypted'> {
  const read = translate(on, (value): 'none' | 'opportunistic' | 'encrypted' => (value ? 'encrypted' : 'none'), (wanted) => wanted === 'encrypted');
  if (read.kind === 'undetermined') return read;
  return { ...read, ...(read.kind === 'default' && { span: place }),
    caution: 'The server does not start without the files that ssl_cert_file and ssl_key_file name.' };
}

function reachOf(addresses: string): 'loopback' | 'network' {
  return addresses.split(',').every((address) => address.trim() === '' || isThisMachine(address)) ? 'loopback' : 'network';
}

/** Replication: libpq's default for sslmode is `prefer`, which speaks in clear where the other end does not encrypt. */
function replicating(settings: Settings) {
  const conn = settings.of('primary_conninfo');
  if (!conn.raw || conn.elsewhere || /^postgres(?:ql)?:/.test(conn.raw)) return [];
  const words = conninfo(conn.raw);
  const host = words.get('host') ?? words.get('hostaddr');
  const mode = setting(keyword(conn, 'sslmode'), oneOf('disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'),
    { value: 'prefer', source: documented('PostgreSQL', '10 to 18', 'section 34.1.2') });
  if (isFilledIn(conn.raw)) {
    const open = undetermined(conn.span, 'what it is filled in with decides');
    return [{ label: 'The connection to the primary server', span: conn.span, role: 'connects' as const, protocol: 'postgresql', protection: open, peerVerified: open }];
  }
  const near = host === undefined || host.startsWith('/') || reachOf(host) === 'loopback';
  const encrypted = mode.kind !== 'undetermined' && !['disable', 'allow', 'prefer'].includes(mode.value);
  const caution = 'The certificate of the authority that signed the primary server\'s certificate must be in sslrootcert, or ~/.postgresql/root.crt.';
  const verified = translate(mode, (word) => word.startsWith('verify'), () => 'verify-full');
  const carried = translate(mode, (word): 'none' | 'opportunistic' | 'encrypted' => (word === 'disable' ? 'none' : word === 'allow' || word === 'prefer'
    ? 'opportunistic' : 'encrypted'), () => 'verify-full');
  return [{
    label: `The connection to the primary server${host === undefined ? '' : ` ${host}`}`,
    span: conn.span,
    role: 'connects' as const,
    protocol: 'postgresql',
    port: Number(words.get('port') ?? 5432) || undefined,
    address: host,
    reach: known<'loopback' | 'network'>(near ? 'loopback' : 'network', conn.span),
    protection: carried.kind === 'undetermined' ? carried : { ...carried, caution },
    peerVerified: encrypted ? (verified.kind === 'undetermined' ? verified : { ...verified, caution }) : undefined,
  }];
}
