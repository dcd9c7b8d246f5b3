import { Uri, type ExtensionContext } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { clientOptions, start } from './start.js';

let client: LanguageClient | undefined;
let worker: Worker | undefined;

/** In a browser: the language server is a worker. */
export async function activate(context: ExtensionContext): Promise<void> {
  const server = Uri.joinPath(context.extensionUri, 'dist', 'web', 'server.js').toString(true);
  client = new LanguageClient(
    'hipaaLint',
    'HIPAA Lint',
    async () => {
      worker?.terminate();
      worker = new Worker(server);
      worker.addEventListener('error', ({ message }) => client?.error('The language server failed', message));
      // Not the worker itself: VS Code gives out one that is no `Worker` by its class, which the client would not know.
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    },
    clientOptions(),
  );
  const started = client;
  await start(started, context, async () => {
    // A worker that failed does not answer that it stops.
    await started.stop().catch(() => {});
    await started.start();
  });
}

export async function deactivate(): Promise<void> {
  await client?.stop();
  worker?.terminate();
}
