/** What the language server speaks besides LSP. A client imports these names and nothing else of the server. */

import type { configurationFile as configurationName } from '#configuration/configuration.js';
import type { exceptionMarker as marker } from '#engine/exceptions.js';

/** Where completion has something to offer, besides what stands behind {@link exceptionMarker}: files of this name. */
export const configurationFile: typeof configurationName = '.hipaa-lint.yaml';

/** What begins an exception in a comment of any file. Behind it on a line there is completion too; a client need not ask elsewhere. */
export const exceptionMarker: typeof marker = 'hipaa-lint allow';

/** The section of an editor's settings that the server asks for. */
export const settingsSection = 'hipaaLint';

/** What a client may say in `initializationOptions`. */
export interface ClientOptions {
  /** The client opens addresses of {@link rulePageScheme} and has the command {@link openRulePageCommand}. */
  readonly rulePages?: boolean;
  /** The client answers {@link listFoldersRequest} and {@link readFilesRequest} for folders the server cannot read itself. */
  readonly readsFiles?: boolean;
  /**
   * The client wants diagnostics published although it can pull: what was pulled is the client's to forget, and one that forgets
   * late shows findings of text that never was. What is published is the server's to take back.
   */
  readonly published?: boolean;
  /** The client wants a {@link statusNotification} of every document that is open. */
  readonly status?: boolean;
  /** The client has the command {@link fillExceptionCommand}. */
  readonly fillsExceptions?: boolean;
  /** The settings, for clients that cannot be asked for them. */
  readonly settings?: unknown;
}

/** The scheme of `hipaa-lint-rule:/<rule id>.md`, where the code of a diagnostic leads. */
export const rulePageScheme = 'hipaa-lint-rule';

/** A command of the client, called with the id of a rule. */
export const openRulePageCommand = 'hipaaLint.openRule';

/** A command of the server for clients without {@link ClientOptions.rulePages}: opens the page of a rule as a file. */
export const showRulePageCommand = 'hipaa-lint.showRulePage';

/** The kind of the code action that applies every safe fix of a file. */
export const fixAllKind = 'source.fixAll.hipaa-lint';

/** Request: lint every file of the workspace and make the diagnostics available. Cancellable; reports work-done progress. */
export const scanRequest = 'hipaa-lint/scan';

export interface ScanParams {
  /** Reports `begin`, `report` with the message `done / total` and a percentage, and `end`. */
  readonly workDoneToken?: string | number;
}

export interface ScanResult {
  /** Files that were recognised and linted. */
  readonly files: number;
  /** Findings that are not covered by an exception. */
  readonly findings: number;
  readonly cancelled: boolean;
  /** Only where nothing was read because the settings switch the product off in every folder. */
  readonly off?: true;
}

/** Request: the report over everything a scan found; scans first if need be. */
export const reportRequest = 'hipaa-lint/report';

export interface ReportParams {
  readonly format: 'html' | 'sarif' | 'json' | 'markdown';
  readonly workDoneToken?: string | number;
}

export interface ReportResult {
  readonly text: string;
}

/** Notification of the server to a client with {@link ClientOptions.status}: what it makes of an open document. Silence would look like approval. */
export const statusNotification = 'hipaa-lint/status';

export interface StatusParams {
  readonly uri: string;
  /** `unknown`: no format claims it; `unreadable`: too large, or not text. */
  readonly state: 'read' | 'unknown' | 'unreadable' | 'excluded' | 'off';
  /** The id of the format, of what is read; absent for the configuration of this product. */
  readonly format?: string;
  /** The product of the format, of what is read. */
  readonly title?: string;
  /** Findings that are shown, and what cannot be told. */
  readonly findings: number;
  readonly undecided: number;
}

/** A command of the client, called with the address of a document in which an exception was just recorded: leads to where its reason goes. */
export const fillExceptionCommand = 'hipaaLint.fillException';

/** Request: what is to be mended in an open document, counted; `null` for one that is not read. */
export const mendableRequest = 'hipaa-lint/mendable';

export interface MendableParams {
  readonly uri: string;
}

export interface MendableResult {
  /** Findings whose fix cannot break anything, whose fix a person is to review, and that have none. */
  readonly safe: number;
  readonly review: number;
  readonly none: number;
}

/** The command of the client that sets the format of the file in front. */
export const setFormatCommand = 'hipaaLint.setFormat';

/** Request: the formats there are, by title. */
export const formatsRequest = 'hipaa-lint/formats';

export type FormatsResult = readonly { readonly id: string; readonly title: string }[];

/** Request: the configuration file as it would be if it said of what format a file is; nothing is written. */
export const setFormatRequest = 'hipaa-lint/setFormat';

export interface SetFormatParams {
  readonly uri: string;
  /** An id of {@link formatsRequest}, or `none`: the file is left alone. */
  readonly format: string;
}

export interface SetFormatResult {
  /** Where the configuration file is, and its whole text. */
  readonly written?: { readonly uri: string; readonly text: string };
  /** Why it cannot be written to, as a sentence without a full stop. */
  readonly problem?: string;
}

/** Request: the page of a rule as Markdown; `null` for a rule that does not exist. */
export const rulePageRequest = 'hipaa-lint/rulePage';

export interface RulePageParams {
  readonly rule: string;
}

export interface RulePageResult {
  readonly markdown: string;
}

/** Request of the server to a client with {@link ClientOptions.readsFiles}: what folders hold. Never answered for anything outside the workspace. */
export const listFoldersRequest = 'hipaa-lint/listFolders';

export interface ListFoldersParams {
  /** Addresses at or below a folder of the workspace. */
  readonly folders: readonly string[];
}

/** One answer for each folder; `null` for one that may not be read. A link is a `link`, wherever it leads. */
export type ListFoldersResult = readonly (readonly { readonly name: string; readonly kind: 'file' | 'folder' | 'link' }[] | null)[];

/** Request of the server to the same: what files hold. */
export const readFilesRequest = 'hipaa-lint/readFiles';

export interface ReadFilesParams {
  /** Addresses below a folder of the workspace. */
  readonly files: readonly string[];
  /** Larger files are not sent, in bytes. */
  readonly largest: number;
}

/** One answer for each file; `null` for one that may not be read. */
export type ReadFilesResult = readonly ({ readonly base64: string } | 'too large' | null)[];

/** Request of the server in a worker: {@link rulePageRequest} the other way round, answered from the files of the package. */
export const readRulePageRequest = 'hipaa-lint/readRulePage';

/**
 * How Node is to run the server. A keystroke in a long file makes some megabytes of short-lived objects, and the young
 * generation of the default size is full while they still live: copying them costs a tenth of the keystroke and more.
 */
export const serverArguments: readonly string[] = ['--max-semi-space-size=32'];
