import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { serverArguments } from '../../server/src/hosts/protocol.js';
import { clientOptions, start } from './start.js';

let client: LanguageClient | undefined;

/** With Node: the language server is a process of its own. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = join(context.extensionPath, 'dist', 'server.cjs');
  client = new LanguageClient(
    'hipaaLint',
    'HIPAA Lint',
    {
      run: { module, transport: TransportKind.ipc, options: { execArgv: [...serverArguments] } },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: [...serverArguments, '--nolazy', '--inspect=6019'] } },
    },
    clientOptions(),
  );
  const started = client;
  await start(started, context, () => started.restart());
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
