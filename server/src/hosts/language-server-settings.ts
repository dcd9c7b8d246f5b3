import { configurationFile, decisionsOf, exceptionsOf, exclusionOf, combine, unconfigured, type Configuration } from '#configuration/configuration.js';
import { readConfiguration, type Reading } from '#configuration/read.js';
import type { SettingsReading } from '#configuration/settings.js';
import { noteOfException, type Note } from '#assistance/notes.js';
import type { Decisions } from '#engine/lint.js';
import type { Files } from './workspace-files.js';
import type { Workspace } from './workspace.js';
import { unconfigured as undecidedSettings } from './workspace-settings.js';

/** What the settings of an editor say for one root. */
export type EditorSettings = Pick<SettingsReading, 'configuration' | 'enable'>;

/** No settings: the defaults. */
export const unset: EditorSettings = { configuration: unconfigured, enable: true };

/** What is read of a root that is switched off: nothing. */
const everything = (): boolean => true;

/** What decides in one root: its configuration file and the settings of the editor. Keeps the last file that was good. */
export class RootSettings {
  decisions: Decisions;
  readonly #workspace: Workspace;
  readonly #files: Files | undefined;
  #editor: EditorSettings = unset;
  /** The last configuration without a fault: it stays in force while the file is broken. */
  #good: Configuration = unconfigured;
  #reading: Reading = { configuration: unconfigured, problems: [] };
  #text: string | undefined;
  #document: string | undefined;
  #isExcluded = undecidedSettings.isExcluded;
  #excluded = '[]';

  constructor(workspace: Workspace, files: Files | undefined) {
    this.#workspace = workspace;
    this.#files = files;
    this.decisions = decisionsOf(unconfigured, undefined, today());
    this.reload();
  }

  /** The text of the configuration file, as it is on the screen or on disk; absent where there is none. */
  get text(): string | undefined {
    return this.#text;
  }

  /** What the file was found to say; another object whenever that was found anew. */
  get reading(): Reading {
    return this.#reading;
  }

  /** The configuration in force from the file. */
  get configuration(): Configuration {
    return this.#good;
  }

  get editor(): Configuration {
    return this.#editor.configuration;
  }

  /** Whether the product is to look at the files of this root at all. */
  get enabled(): boolean {
    return this.#editor.enable;
  }

  /** Whether somebody decided that a path is not read. */
  excludes(path: string): boolean {
    return this.#isExcluded(path);
  }

  /** Takes the settings of the editor. */
  take(editor: EditorSettings): void {
    this.#editor = editor;
    this.#apply();
  }

  /** Reads the configuration file again; `document` is its text in the editor, `null` when it was closed. */
  reload(document?: string | null): void {
    if (document !== undefined) this.#document = document ?? undefined;
    const content = this.#document === undefined ? this.#files?.read(configurationFile) : { text: this.#document };
    // What was in force stays so until it is known what is.
    if (content === 'pending') return;
    const text = typeof content === 'object' ? content.text : undefined;
    this.#text = text;
    this.#reading = text === undefined ? { configuration: unconfigured, problems: [] } : readConfiguration(text);
    if (isSound(this.#reading)) this.#good = this.#reading.configuration;
    this.#apply();
  }

  /** Judges exceptions anew when the day has changed. */
  keepDay(): void {
    if (this.decisions.today !== today()) this.#apply();
  }

  /** What is wrong in the configuration file, for its own diagnostics. */
  notes(): readonly Note[] {
    if (!this.enabled) return [];
    const { configuration, problems } = this.#reading;
    const expired = exceptionsOf(configuration, today()).filter(({ state }) => state === 'expired').flatMap((entry) => noteOfException(entry) ?? []);
    return [...problems.map(({ span, message }): Note => ({ span, message, severity: 'error' })), ...expired];
  }

  #apply(): void {
    this.decisions = decisionsOf(this.#good, this.editor, today());
    const whole = combine(this.#good, this.editor);
    const excluded = JSON.stringify(whole.exclude);
    if (excluded !== this.#excluded) {
      this.#excluded = excluded;
      this.#isExcluded = exclusionOf(whole);
    }
    this.#workspace.configure({ decisions: this.decisions, isExcluded: this.enabled ? this.#isExcluded : everything, overrides: whole.files });
  }
}

/** A malformed exception hides nothing and spoils nothing; any other fault may have changed what the rest means. */
function isSound({ configuration, problems }: Reading): boolean {
  return problems.every(({ span }) => configuration.exceptions.some((entry) => entry.problem !== undefined && span.start >= entry.span.start && span.start <= entry.span.end));
}

function today(): string {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
}
