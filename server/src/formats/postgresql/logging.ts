import { oneOf, text } from '#engine/codec.js';
import { documented } from '#engine/release.js';
import { setting, translate, type Codec, type Setting } from '#engine/setting.js';
import type { Span } from '#engine/text.js';
import { boolean, statedHere, type Effective, type Settings } from './settings.js';

const source = documented('PostgreSQL', '10 to 18', 'section 20.8');

/** Version 18 lists what to record of a connection; earlier ones say on or off. */
const connections: Codec<boolean> = {
  read: (raw) => boolean.read(raw) ?? (raw === '' ? false : /^(?:receipt|authentication|authorization|setup_durations|all)(?:\s*,\s*\w+)*$/.test(raw) ? true
    : undefined),
  print: boolean.print,
};

const levels = oneOf('debug5', 'debug4', 'debug3', 'debug2', 'debug1', 'debug', 'info', 'notice', 'warning', 'error', 'log', 'fatal', 'panic');

interface Trail {
  readonly label: string;
  readonly span: Span;
  readonly enabled?: Setting<boolean> | undefined;
  readonly timed?: Setting<boolean> | undefined;
}

/** Who came, who left, who changed tables and rights, and when. */
export function auditTrails(settings: Settings): readonly Trail[] {
  const trails: Trail[] = [];
  const judge = (label: string, slot: Effective, enabled: Setting<boolean>) => {
    // A part of the settings speaks only of what it states; what it leaves out is judged where the whole is read.
    if (!slot.elsewhere && !(settings.fragment && slot.raw === undefined)) trails.push({ label, span: slot.span, enabled });
  };
  const came = settings.of('log_connections');
  judge('The log of connections', came, setting(came, connections, { value: false, source }));
  const left = settings.of('log_disconnections');
  judge('The log of disconnections', left, setting(left, boolean, { value: false, source }));

  const statement = settings.of('log_statement');
  const libraries = settings.of('shared_preload_libraries');
  if (libraries.raw === undefined || !/\bpgaudit\b/.test(libraries.raw)) {
    const enabled = translate(setting(statement, oneOf('none', 'ddl', 'mod', 'all'), { value: 'none', source }), (word) => word !== 'none',
      (on) => (on ? 'ddl' : 'none'));
    judge('The log of changes to tables and rights', statement, enabled.kind === 'undetermined' ? enabled
      : { ...enabled, caution: 'A statement that sets a password is recorded with it: change passwords with \\password in psql.' });
  }

  const least = settings.of('log_min_messages');
  const level = statedHere(least, levels);
  if (level) judge('The log of failed log-ins', least, translate(level, (word) => word !== 'panic', () => 'warning'));

  const prefix = settings.of('log_line_prefix');
  // Its default has the time in it.
  if (!prefix.elsewhere && !timedElsewhere(settings) && !(prefix.raw === undefined && (settings.fragment || prefix.obscured !== undefined))) {
    const timed = translate(setting(prefix, text, { value: '%m [%p] ', source }), (format) => /%[mtn]/.test(format), () => `%m ${prefix.raw ?? ''}`);
    trails.push({ label: 'The server log', span: prefix.span, timed });
  }
  return trails;
}

/** Syslog and the structured logs carry their own time, user and address. */
export function timedElsewhere(settings: Settings): boolean {
  return /\b(?:syslog|csvlog|jsonlog|eventlog)\b/i.test(settings.of('log_destination').raw ?? '');
}
