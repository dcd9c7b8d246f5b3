import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { listFoldersRequest, readFilesRequest, readRulePageRequest, type ListFoldersParams, type ListFoldersResult, type ReadFilesParams, type ReadFilesResult, type RulePageParams, type RulePageResult } from '../../server/src/hosts/protocol.js';

/** How many folders or files are read at a time: each may be a request to another machine. */
const together = 16;

type Listing = ListFoldersResult[number];
type Answer = ReadFilesResult[number];

/**
 * Reads for a server that cannot read by itself: what is in the folders of the workspace, and the pages of rules that came
 * with the extension. Nothing else is read, whatever address is asked for. Folders are listed one by one rather than
 * found with `findFiles`, which waits for ever where whoever provides the files offers no search.
 */
export function answerFileRequests(client: BaseLanguageClient, extension: vscode.Uri): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest(listFoldersRequest, ({ folders }: ListFoldersParams) => inTurn(folders, list)),
    client.onRequest(readFilesRequest, ({ files, largest }: ReadFilesParams) => inTurn(files, (file) => read(file, largest))),
    client.onRequest(readRulePageRequest, async ({ rule }: RulePageParams): Promise<RulePageResult | null> => {
      if (!/^[a-z0-9-]+(\/[a-z0-9-]+)?$/.test(rule)) return null;
      const page = vscode.Uri.joinPath(extension, 'docs', 'rules', ...`${rule}.md`.split('/'));
      return vscode.workspace.fs.readFile(page).then((bytes) => ({ markdown: new TextDecoder().decode(bytes) }), () => null);
    }),
  );
}

async function list(folder: string): Promise<Listing> {
  const uri = inWorkspace(folder);
  if (!uri) return null;
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return entries.flatMap(([name, type]) => {
      const kind = type & vscode.FileType.SymbolicLink ? 'link' : type & vscode.FileType.Directory ? 'folder' : type & vscode.FileType.File ? 'file' : undefined;
      return kind ? [{ name, kind }] : [];
    });
  } catch {
    return null;
  }
}

async function read(file: string, largest: number): Promise<Answer> {
  const uri = inWorkspace(file);
  if (!uri) return null;
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File) return null;
    if (size > largest) return 'too large';
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.length > largest ? 'too large' : { base64: base64Of(bytes) };
  } catch {
    return null;
  }
}

/** The address, if it is that of a folder of the workspace or of something in it. */
function inWorkspace(address: string): vscode.Uri | undefined {
  const uri = vscode.Uri.parse(address, true);
  if (uri.path.split(/[/\\]/).some((name) => name === '..' || name === '.')) return undefined;
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === uri.scheme && folder.uri.authority === uri.authority);
  return folders.some((folder) => `${uri.path}/`.startsWith(`${folder.uri.path.replace(/\/$/, '')}/`)) ? uri : undefined;
}

/** In parts, as there is a limit to how many arguments a call may have. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** Works off a list, some at a time, and answers in its order. */
async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < all.length) {
      const at = next++;
      answers[at] = await work(all[at]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(together, all.length) }, worker));
  return answers;
}
