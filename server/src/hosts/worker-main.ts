/** The bundled entry for editors in a browser: a language server in a worker. It reads through its client, and reaches for nothing else. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import type { Host } from './language-server-host.js';
import { withoutCancelled } from './language-server-queue.js';
import { serve } from './language-server.js';
import { readRulePageRequest, type RulePageParams, type RulePageResult } from './protocol.js';

const connection = createConnection(ProposedFeatures.all, new BrowserMessageReader(self), new BrowserMessageWriter(self), withoutCancelled);

const host: Host = {
  filesBelow: () => undefined,
  rulePage: async (rule) => (await connection.sendRequest<RulePageResult | null>(readRulePageRequest, { rule } satisfies RulePageParams))?.markdown,
  rulePageAddress: () => undefined,
  sha256: async (bytes) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
};

serve(connection, host);
