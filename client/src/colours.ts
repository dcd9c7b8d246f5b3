import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { formatRequest, type FormatParams, type FormatResult } from '../../server/src/hosts/protocol.js';
import languages from './languages.json';

/** Whether text of a recognised format that the editor shows plain is shown in colour. */
const setting = 'hipaaLint.colors';

/** What the editor itself calls files of these formats when nobody has a grammar for them: by `.conf`, `.cfg` and the like. */
const plain: ReadonlySet<string> = new Set(['plaintext', 'properties', 'ini', 'log', 'dotenv', 'code-text-binary']);

/** The language that colours a format, and what extensions elsewhere call it. */
const byFormat = new Map(
  Object.entries(languages).flatMap(([id, { formats, elsewhere }]) => formats.map((format) => [format, { id, elsewhere }] as const)),
);

/** Colours what is open and what is opened, from now on. */
export function colours(client: BaseLanguageClient): vscode.Disposable {
  const look = async (document: vscode.TextDocument) => {
    if (!plain.has(document.languageId) || !client.isRunning()) return;
    const asked: FormatParams = { uri: client.code2ProtocolConverter.asUri(document.uri) };
    const { format } = await client.sendRequest<FormatResult>(formatRequest, asked).catch((): FormatResult => ({}));
    if (format !== undefined) await colour(document, format);
  };
  for (const { document } of vscode.window.visibleTextEditors) void look(document);
  // A document nobody looks at needs no colours: many are opened by searches and other extensions.
  return vscode.window.onDidChangeVisibleTextEditors((editors) => {
    for (const { document } of editors) void look(document);
  });
}

/**
 * Gives a document its colours once its format is known. Our languages claim no file name, so that no file is taken from an
 * extension that is installed; where one has a language for the format, that is given instead. A language that the user or
 * their settings chose stays.
 */
async function colour(document: vscode.TextDocument, format: string): Promise<void> {
  const language = byFormat.get(format);
  if (!language || !plain.has(document.languageId) || document.isClosed) return;
  if (vscode.workspace.getConfiguration(undefined, document).get<boolean>(setting) === false) return;
  if (isChosen(document)) return;
  const known = new Set(await vscode.languages.getLanguages());
  const id = language.elsewhere.find((name) => known.has(name)) ?? language.id;
  if (known.has(id) && !document.isClosed) await vscode.languages.setTextDocumentLanguage(document, id);
}

/** Whether `files.associations` says what the document is. */
function isChosen(document: vscode.TextDocument): boolean {
  const associations = vscode.workspace.getConfiguration('files', document).get<Readonly<Record<string, string>>>('associations') ?? {};
  return Object.keys(associations).some((pattern) => vscode.languages.match({ pattern: pattern.includes('/') ? pattern : `**/${pattern}` }, document) > 0);
}
