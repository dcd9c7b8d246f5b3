import * as vscode from 'vscode';
import type { StatusParams } from '../../server/src/hosts/protocol.js';
import languages from './languages.json';

/** Whether text of a recognised format that the editor shows plain is shown in colour. */
const setting = 'hipaaLint.colors';

/** What the editor itself calls files of these formats when nobody has a grammar for them: by `.conf`, `.cfg` and the like. */
const plain: ReadonlySet<string> = new Set(['plaintext', 'properties', 'ini', 'log', 'dotenv']);

/** The language that colours a format, and what extensions elsewhere call it. */
const byFormat = new Map(
  Object.entries(languages).flatMap(([id, { formats, elsewhere }]) => formats.map((format) => [format, { id, elsewhere }] as const)),
);

/**
 * Gives documents their colours once their format is known, each once: who makes one plain again is not contradicted. Our
 * languages claim no file name, so that no file is taken from an extension that is installed; where one has a language for
 * the format, that is given instead.
 */
export class Colours implements vscode.Disposable {
  readonly #looked = new Set<string>();
  // A document whose language changes is closed and opened in one go, and is then still there.
  readonly #closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => setTimeout(() => {
    if (!documentAt(uri)) this.#looked.delete(uri.toString());
  }));

  dispose(): void {
    this.#closing.dispose();
  }

  /** Takes what the server says of an open document. */
  async see({ uri, format }: StatusParams): Promise<void> {
    const document = documentAt(vscode.Uri.parse(uri));
    const language = format === undefined ? undefined : byFormat.get(format);
    if (!document || !language || this.#looked.has(document.uri.toString())) return;
    this.#looked.add(document.uri.toString());
    if (!plain.has(document.languageId) || isChosen(document)) return;
    if (vscode.workspace.getConfiguration(undefined, document).get<boolean>(setting) === false) return;
    const known = new Set(await vscode.languages.getLanguages());
    const id = language.elsewhere.find((name) => known.has(name)) ?? language.id;
    if (known.has(id) && !document.isClosed) await vscode.languages.setTextDocumentLanguage(document, id);
  }
}

function documentAt(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/** Whether `files.associations` says what the document is. */
function isChosen(document: vscode.TextDocument): boolean {
  const associations = vscode.workspace.getConfiguration('files', document).get<Readonly<Record<string, string>>>('associations') ?? {};
  return Object.keys(associations).some((pattern) => vscode.languages.match({ pattern: pattern.includes('/') ? pattern : `**/${pattern}` }, document) > 0);
}
