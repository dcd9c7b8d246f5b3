import { text } from '#engine/codec.js';
import { query } from '#engine/query.js';
import type { Codec, Setting } from '#engine/setting.js';
import type { Directives } from '#notations/directives.js';
import { timedElsewhere } from './logging.js';
import { boolean, settingsOf, statedHere } from './settings.js';

/** A setting this file states. */
export interface Stated<T> {
  readonly name: string;
  readonly setting: Setting<T>;
}

const switches = (title: string, names: readonly string[]) =>
  query<Directives, Stated<boolean>>('postgresql', title, (analysis) => {
    const settings = settingsOf(analysis.tree, analysis);
    return names.flatMap((name) => {
      const slot = settings.of(name);
      const found = statedHere(slot, boolean);
      return found ? [{ name, setting: found }] : [];
    });
  });

/** What keeps records whole when the power fails. */
export const durability = switches('switches of durable writing', ['fsync', 'full_page_writes']);

/** What makes the server go on over damaged records. */
export const damageIgnored = switches('switches that ignore damage', ['ignore_checksum_failure', 'zero_damaged_pages', 'ignore_invalid_pages']);

/** The beginning of each line of the log, where no other part of the log says who it was. */
export const linePrefix = query<Directives, Stated<string>>('postgresql', 'log_line_prefix', (analysis) => {
  const settings = settingsOf(analysis.tree, analysis);
  const slot = settings.of('log_line_prefix');
  const found = timedElsewhere(settings) ? undefined : statedHere(slot, text);
  return found ? [{ name: 'log_line_prefix', setting: found }] : [];
});

/** An octal number, as file modes are written. */
const octal: Codec<number> = {
  read: (raw) => (/^0[0-7]{1,4}$/.test(raw) ? Number.parseInt(raw, 8) : /^0$|^[1-9]\d{0,4}$/.test(raw) ? Number(raw) : undefined),
  print: (mode) => `0${mode.toString(8).padStart(3, '0')}`,
};

/** Who may read the log files. */
export const logFileMode = query<Directives, Stated<number>>('postgresql', 'log_file_mode', (analysis) => {
  const slot = settingsOf(analysis.tree, analysis).of('log_file_mode');
  const found = statedHere(slot, octal);
  return found ? [{ name: 'log_file_mode', setting: found }] : [];
});
