/** The bundled entry: a language server on stdio, or on the channel Node gives a child process. */
import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { nodeHost } from './language-server-node.js';
import { withoutCancelled } from './language-server-queue.js';
import { serve } from './language-server.js';

if (!process.argv.some((argument) => /^--(stdio|node-ipc|socket=|pipe=)/.test(argument))) process.argv.push('--stdio');

process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
  // Nobody is left to talk to. Anything else must not take down the diagnostics of every open file.
  if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' || error.code === 'ERR_IPC_CHANNEL_CLOSED') process.exit(1);
  process.stderr.write(`hipaa-lint: ${error.stack ?? error.message}\n`);
});

serve(createConnection(ProposedFeatures.all, withoutCancelled), nodeHost(join(__dirname, '..')));
