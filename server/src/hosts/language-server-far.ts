import { withoutTail } from '#engine/text.js';
import type { Connection } from 'vscode-languageserver';
import { listFoldersRequest, readFilesRequest, type ListFoldersParams, type ListFoldersResult, type ReadFilesParams, type ReadFilesResult } from './protocol.js';
import { filesFarAway } from './workspace-distant.js';
import type { Files } from './workspace-files.js';

/** The files below a folder of the client, which reads them for us. */
export function filesOfClient(connection: Connection, folder: string): Files {
  const root = withoutTail(folder, '/');
  const address = (path: string) => withoutTail(`${root}/${path.split('/').map(encodeURIComponent).join('/')}`, '/');
  return filesFarAway({
    folders: (paths) => connection.sendRequest<ListFoldersResult>(listFoldersRequest, { folders: paths.map(address) } satisfies ListFoldersParams),
    files: async (paths, largest) => {
      const answers = await connection.sendRequest<ReadFilesResult>(readFilesRequest, { files: paths.map(address), largest } satisfies ReadFilesParams);
      return answers.map((answer) => (answer === null || answer === 'too large' ? answer : bytesOf(answer.base64)));
    },
  });
}

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
