import { integer } from '#engine/codec.js';
import { documented } from '#engine/release.js';
import { known, setting, stated, undetermined, type Setting, type Stated } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { table } from '#engine/table.js';
import { all, anchor, has, insertion, last, replacement, slot, type IosConfig, type Statement } from '#notations/ios.js';
import { accessLists, communities, communityOf, passingLine } from './access-lists.js';
import { usesLists, whole } from './device.js';
import { asks, hasAccounts, isShut, lines, openLines, timeout, type Line } from './lines.js';

/** How long a prompt stays open: ten minutes where the line does not say (Cisco IOS Configuration Fundamentals Command Reference, "exec-timeout"). */
export function sessions(file: IosConfig) {
  return lines(file)
    .filter(({ statement, kind }) => !isShut(statement) && (kind !== 'vty' || last(statement, 'transport input')?.words[2] !== 'none'))
    .map(({ statement, name }) => ({
      label: `The line ${name}`,
      span: statement.span,
      idle: setting(slot(file, statement, 'exec-timeout'), timeout, { value: 600, source: documented('Cisco IOS', '12.2 to 17.15', 'exec-timeout') }),
    }));
}

type Sources = Setting<'any' | 'restricted'>;

/** Who may sign in, from where: the virtual lines, the web interface, SNMP, and authentication lists that ask nothing. */
export function logins(file: IosConfig) {
  const all = [...virtual(file), ...webSources(file), ...snmpSources(file), ...emptyLists(file)];
  return all as readonly { label: string; span: Span; sources?: Sources; anonymous?: Setting<boolean> }[];
}

function virtual(file: IosConfig) {
  const lists = accessLists(file);
  return openLines(file).map((line) => {
    const { statement, name } = line;
    const guard =
      all(statement, 'access-class').find(({ words }) => words[2] === 'in') ?? all(statement, 'ipv6 access-class').find(({ words }) => words[3] === 'in');
    const list = guard && lists.get(guard.words[1] ?? '');
    const sources: Sources | undefined = guard
      ? known<'any' | 'restricted'>(list && passingLine(list) ? 'any' : 'restricted', guard.span)
      : whole(file)
        ? { kind: 'default', value: 'any', span: statement.span, source: documented('Cisco IOS', '12.2 to 17.15', 'access-class'), write: () => [] }
        : undefined;
    const refusal = last(statement, 'login');
    const open = !usesLists(file) && refusal?.negated === true;
    return {
      label: `The terminal line ${name}`,
      span: statement.span,
      whole: { label: 'this device', span: { start: 0, end: 0 } },
      sources,
      anonymous: open
        ? known(true, refusal.span, () => (hasAccounts(file) ? [replacement(refusal, 'login local')] : []))
        : asks(file, line) === 'yes'
          ? known(false, refusal?.span ?? statement.span)
          : undefined,
    };
  });
}

function webSources(file: IosConfig) {
  const server = [last(file, 'ip http secure-server'), last(file, 'ip http server')].find((statement) => statement && !statement.negated);
  if (!server || last(file, 'ip http active-session-modules')?.words[3] === 'none') return [];
  const guard = last(file, 'ip http access-class');
  const list = guard && accessLists(file).get(guard.words[3] === 'ipv4' ? (guard.words[4] ?? '') : (guard.words[3] ?? ''));
  const sources: Sources | undefined =
    guard && !guard.negated
      ? known<'any' | 'restricted'>(list && passingLine(list) ? 'any' : 'restricted', guard.span)
      : whole(file)
        ? { kind: 'default', value: 'any', span: server.span, source: documented('Cisco IOS', '12.2 to 17.15', 'ip http access-class'), write: () => [] }
        : undefined;
  return sources ? [{ label: 'The web interface', span: server.span, sources }] : [];
}

function snmpSources(file: IosConfig) {
  const lists = accessLists(file);
  return communities(file)
    .filter(({ words }) => words.length > 2)
    .map((statement) => {
      const { list, writes } = communityOf(statement);
      const found = list === undefined ? undefined : lists.get(list);
      const ipv6 = statement.words.some((word) => word.toLowerCase() === 'ipv6');
      const open = (list === undefined && !ipv6) || (found !== undefined && passingLine(found) !== undefined);
      return {
        label: `SNMP with ${writes ? 'write' : 'read'} access`,
        span: statement.span,
        sources: known<'any' | 'restricted'>(open ? 'any' : 'restricted', statement.span),
      };
    });
}

/** `aaa authentication login NAME none`: whoever comes by a line that uses it is let in. */
function emptyLists(file: IosConfig) {
  const used = new Set(['default', ...openLines(file).map(({ statement }) => last(statement, 'login authentication')?.words[2])]);
  return all(file, 'aaa authentication login')
    .filter(({ words }) => words[4] === 'none' && used.has(words[3]))
    .map((statement) => ({
      label: `The log-in list ${statement.words[3]}`,
      span: statement.span,
      anonymous: known(true, statement.span, () => (hasAccounts(file) ? [replacement(statement, `aaa authentication login ${statement.words[3]} local`)] : [])),
    }));
}

/** `login block-for`: off until it is configured (Cisco IOS Security Command Reference, "login block-for"). With a log-in server, that server decides. */
export function lockouts(file: IosConfig) {
  const block = last(file, 'login block-for');
  const label = 'The log-in';
  if (block && !block.negated) {
    const [seconds, attempts] = [Number(block.words[2]), Number(block.words[4])];
    if (!Number.isInteger(seconds) || !Number.isInteger(attempts)) return [];
    const words = (index: number, value: number) => [replacement(block, block.words.map((word, i) => (i === index ? String(value) : word)).join(' '))];
    return [
      { label, span: block.span, attempts: known(attempts, block.span, (n: number) => words(4, n)) },
      { label: 'The lock after failed log-ins', span: block.span, duration: known(seconds, block.span, (n: number) => words(2, n)) },
    ];
  }
  const local = last(file, 'aaa local authentication attempts max-fail');
  if (local && !local.negated) {
    const attempts = stated(slot(file, file, 'aaa local authentication attempts max-fail'), integer);
    return [{ label: 'The log-in with local accounts', span: local.span, ...(attempts && { attempts }) }];
  }
  if (!whole(file) || openLines(file).length === 0) return [];
  const span = anchor(file, file);
  const server = usesLists(file) && all(file, 'aaa authentication login').some(({ words }) => words.includes('group'));
  const attempts: Setting<number> = server
    ? undetermined(span, 'the log-in server may lock accounts; `login block-for` on the device would say it here')
    : {
        kind: 'default',
        value: Infinity,
        span,
        source: documented('Cisco IOS', '12.2 to 17.15', 'login block-for'),
        write: (n) => insertion(file, file, `login block-for 900 attempts ${n} within 120`),
      };
  return [{ label, span, attempts }];
}

/** Physical ways in: console and auxiliary port without a log-in, and switch ports nobody has set up. */
export function ports(file: IosConfig) {
  const physical = lines(file)
    .filter(({ kind }) => kind !== 'vty')
    .flatMap((line) => {
      const open = opensPrompt(file, line);
      return open
        ? [
            {
              label: line.kind === 'con' ? 'The console port' : 'The auxiliary port',
              span: line.statement.span,
              kind: (line.kind === 'con' ? 'console' : 'other') as 'console' | 'other',
              open,
            },
          ]
        : [];
    });
  return [...physical, ...unusedPorts(file)];
}

/** Console and auxiliary lines ask for nothing until `login` is configured (Cisco IOS Terminal Services Command Reference, "login (line)"). */
function opensPrompt(file: IosConfig, line: Line): Setting<boolean> | undefined {
  const { statement, kind } = line;
  if (isShut(statement)) return known(false, statement.span);
  const login = asks(file, line);
  if (login === 'yes') return known(false, statement.span);
  const close = (): readonly ReturnType<typeof insertion>[number][] => {
    if (kind === 'aux') return [...insertion(file, statement, last(statement, 'transport input') ? 'no exec' : 'no exec\ntransport input none')];
    if (usesLists(file) || !hasAccounts(file)) return [];
    const refusal = last(statement, 'login');
    return refusal ? [replacement(refusal, 'login local')] : insertion(file, statement, 'login local');
  };
  if (login === 'no') return known(true, statement.span, close);
  // With authentication lists and no default list the console asks for nothing, but a fragment may leave the list out.
  if (!whole(file)) return undefined;
  // No page was read that says what an auxiliary line does on every release; the console's default is in the command reference.
  return kind === 'aux' ? undetermined(statement.span, 'the release decides what an auxiliary line without `login` asks for; `no exec` would close it') : { kind: 'default', value: true, span: statement.span, source: documented('Cisco IOS', '12.2 to 17.15', 'login (line)'), write: close };
}

/** On a switch, a port with nothing below it is up, in the first network, for whatever is plugged in. */
function unusedPorts(file: IosConfig) {
  const isSwitch =
    whole(file) && (has(file, 'spanning-tree mode') || file.children.some(({ children }) => children.some(({ words }) => words[0] === 'switchport')));
  if (!isSwitch) return [];
  return all(file, 'interface')
    .filter(
      ({ words, children }) =>
        children.length === 0 && /^(?:Fast|Gigabit|TwoGigabit|FiveGigabit|TenGigabit)?Ethernet\d+\/\d+(?:\/\d+)?$/i.test(words.slice(1).join('')),
    )
    .map((statement) => ({
      label: `The switch port ${statement.words[1]}`,
      span: statement.span,
      kind: 'network' as const,
      open: {
        kind: 'default',
        value: true,
        span: statement.span,
        source: documented('Cisco IOS', '12.2 to 17.15', 'shutdown (interface)'),
        write: (open: boolean) => (open ? [] : insertion(file, statement, 'shutdown')),
      } satisfies Setting<boolean>,
    }));
}

/** What the device asks of passwords: the global least length, and policies that accounts name. */
export function passwordPolicies(file: IosConfig) {
  const general = last(file, 'security passwords min-length');
  const length = stated(slot(file, file, 'security passwords min-length'), integer);
  const missing =
    whole(file) && file.children.some(({ words }) => words[0] === 'username' || words[0] === 'enable') && !has(file, 'aaa common-criteria policy');
  const device =
    general && length
      ? [{ label: 'The device', span: general.span, length }]
      : missing
        ? [
            {
              label: 'The device',
              span: anchor(file, file),
              length: undetermined(anchor(file, file), 'the release decides the least length; `security passwords min-length` would state it'),
            },
          ]
        : [];
  return [
    ...device,
    ...all(file, 'aaa common-criteria policy')
      .filter(({ words, children }) => words.length > 3 && children.length > 0)
      .map((policy) => commonCriteria(file, policy)),
  ];
}

const kinds = ['lower-case', 'upper-case', 'numeric-count', 'special-case'] as const;

function commonCriteria(file: IosConfig, policy: Statement) {
  const asked = kinds.filter((kind) => Number(last(policy, kind)?.words[1] ?? 0) > 0);
  const classes: Stated<number> = known(asked.length, policy.span, (wanted) =>
    kinds
      .filter((kind) => !asked.includes(kind))
      .slice(0, Math.max(0, wanted - asked.length))
      .flatMap((kind) => slot(file, policy, kind).write('1')),
  );
  const lifetime = last(policy, 'lifetime');
  const days = lifetime && !lifetime.negated ? daysOf(lifetime.words.slice(1)) : undefined;
  const length = stated(slot(file, policy, 'min-length'), integer);
  return {
    label: `The password policy ${policy.words[3]}`,
    span: policy.span,
    ...(length && { length }),
    classes,
    ...(days !== undefined &&
      lifetime && { maximumAge: known(days, lifetime.span, (n: number) => (n === Infinity ? [] : [replacement(lifetime, `lifetime day ${n}`)])) }),
  };
}

/** `lifetime year 1 month 2 day 3 hour 4`: days, at 365 to the year and 30 to the month. */
function daysOf(words: readonly string[]): number | undefined {
  const unit: Readonly<Record<string, number>> = table({ year: 365, month: 30, day: 1, hour: 1 / 24, minute: 1 / 1440, second: 1 / 86_400 });
  let days = 0;
  for (let i = 0; i + 1 < words.length; i += 2) {
    const worth = unit[words[i]!.toLowerCase()];
    const number = Number(words[i + 1]);
    if (worth === undefined || !Number.isInteger(number)) return undefined;
    days += worth * number;
  }
  return days > 0 ? days : undefined;
}

/** The system log, and the log of who changed the configuration. */
export function auditTrails(file: IosConfig) {
  const complete = whole(file);
  const place = anchor(file, file);
  const host = file.children.find(
    ({ words, negated }) => !negated && words[0] === 'logging' && (words[1] === 'host' || /^\d+\.\d+\.\d+\.\d+$|:/.test(words[1] ?? '')),
  );
  const switched = file.children.filter(({ words }) => words[0] === 'logging' && (words[1] === 'on' || words.length === 1));
  const off = switched.at(-1)?.negated ? switched.at(-1) : undefined;
  const stamps = last(file, 'service timestamps log');
  const write = () => (stamps ? [replacement(stamps, 'service timestamps log datetime msec')] : insertion(file, file, 'service timestamps log datetime msec'));
  const remote: Setting<boolean> | undefined = host
    ? known(true, host.span)
    : complete
      ? { kind: 'default', value: false, span: place, source: documented('Cisco IOS', '12.2 to 17.15', 'logging host'), write: () => [] }
      : undefined;
  const timed: Setting<boolean> | undefined = stamps
    ? known(!stamps.negated && (stamps.words[3] ?? '').toLowerCase() === 'datetime', stamps.span, write)
    : complete
      ? { kind: 'default', value: false, span: place, source: documented('Cisco IOS', '12.2 to 17.15', 'service timestamps'), write }
      : undefined;
  const enabled = off && known(false, off.span, () => [replacement(off, 'logging on')]);
  const system =
    remote || timed || enabled
      ? [{ label: 'The system log', span: host?.span ?? place, ...(enabled && { enabled }), ...(remote && { remote }), ...(timed && { timed }) }]
      : [];
  return [...system, ...changes(file)];
}

/** `archive`, `log config`, `logging enable`; a log-in server that is told every command does the same. */
function changes(file: IosConfig) {
  if (!whole(file) || file.children.some(({ words, negated }) => !negated && words[0] === 'aaa' && words[1] === 'accounting' && words[2] === 'commands'))
    return [];
  const archive = last(file, 'archive');
  const config = archive && last(archive, 'log config');
  const place = config?.span ?? archive?.span ?? anchor(file, file);
  const on = config !== undefined && has(config, 'logging enable');
  const enabled: Setting<boolean> = on
    ? known(true, last(config, 'logging enable')!.span)
    : {
        kind: 'default',
        value: false,
        span: place,
        source: documented('Cisco IOS', '12.2 to 17.15', 'logging enable (archive)'),
        write: () =>
          config
            ? slot(file, config, 'logging enable').write('')
            : archive
              ? insertion(file, archive, 'log config\n logging enable\n hidekeys')
              : insertion(file, file, 'archive\n log config\n  logging enable\n  hidekeys'),
      };
  return [{ label: 'The log of configuration changes', span: place, enabled }];
}

/** Where the archive of the configuration goes: a copy on the device itself is lost with the device. */
export function backups(file: IosConfig) {
  return all(file, 'archive').flatMap((archive) =>
    all(archive, 'path').map((path) => ({
      label: 'The archive of the configuration',
      span: path.span,
      separate: known(/^(?:tftp|ftp|scp|sftp|https?|rcp):/i.test(path.words[1] ?? ''), path.span),
    })),
  );
}
