import { LSPErrorCodes, Message, type ConnectionStrategy } from 'vscode-languageserver';

/** Ends a request that is cancelled before its turn: behind a long lint there may be many that the editor has given up on. */
export const withoutCancelled: ConnectionStrategy = {
  cancelUndispatched: (message) => {
    if (!Message.isRequest(message)) return undefined;
    return { jsonrpc: '2.0', id: message.id, error: { code: LSPErrorCodes.RequestCancelled, message: 'cancelled' } };
  },
};
