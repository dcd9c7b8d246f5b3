import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { combine, configurationFile, decisionsOf, exclusionOf, unconfigured, type Configuration, type Problem } from '#configuration/configuration.js';
import { readConfiguration } from '#configuration/read.js';
import { UsageError } from './cli-options.js';
import type { Settings } from './workspace-settings.js';
import { decode } from './workspace-files.js';

/** The configuration of one workspace as read from disk. */
export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly Problem[];
  readonly file?: { readonly place: string; readonly text: string };
}

/** Reads the configuration of a workspace: the file named on the command line, else the one at its root. */
export function configurationOf(root: string, named: string | undefined, overrides: Configuration): ReadConfiguration {
  const place = named ?? join(root, configurationFile);
  const text = textOf(place, named !== undefined);
  if (text === undefined) {
    const misnamed = existsSync(join(root, '.hipaa-lint.yml'));
    const problems = misnamed ? [{ span: { start: 0, end: 0 }, message: `.hipaa-lint.yml is not read; rename it to ${configurationFile}` }] : [];
    return { configuration: combine(overrides, unconfigured), problems };
  }
  const { configuration, problems } = readConfiguration(text, named === undefined ? configurationFile : 'the file of --config');
  return { configuration: combine(overrides, configuration), problems, file: { place, text } };
}

/** What a workspace asks of a configuration. `today` is `YYYY-MM-DD`. */
export function settingsOf(configuration: Configuration, today: string): Settings {
  return { decisions: decisionsOf(configuration, undefined, today), isExcluded: exclusionOf(configuration), overrides: configuration.files };
}

function textOf(place: string, named: boolean): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(place);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !named) return undefined;
    throw new UsageError(
      code === 'ENOENT'
        ? `There is no configuration file \`${place}\``
        : `The configuration \`${place}\` cannot be read (${code ?? 'unknown'}); check what it is and its permissions`,
    );
  }
  const content = decode(bytes);
  if (typeof content === 'string') throw new UsageError(`The configuration \`${place}\` is ${content}; it must be text`);
  return content.text;
}
