import * as vscode from 'vscode';
import { DidCloseTextDocumentNotification, DidOpenTextDocumentNotification, State, type BaseLanguageClient } from 'vscode-languageclient';

/**
 * Tells the server of the documents that a tab or a peek shows, and of no others. VS Code keeps a document open for minutes after its
 * tab was closed, or after an extension looked at it: its findings would stay in the Problems panel, be they of a file
 * that was deleted or of text that nobody saved.
 */
export function followTabs(client: BaseLanguageClient): vscode.Disposable {
  const { middleware, visibleDocuments } = client;
  const told = new Set<string>();
  middleware.didOpen = async (document, next) => {
    const uri = document.uri.toString();
    if (!visibleDocuments.isVisible(document) || told.has(uri)) return;
    told.add(uri);
    await next(document);
  };
  middleware.didChange = async (event, next) => {
    if (told.has(event.document.uri.toString())) await next(event);
  };
  middleware.didClose = async (document, next) => {
    if (told.delete(document.uri.toString())) await next(document);
  };
  const documentOf = (uri: vscode.Uri) => vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  const wanted = (document: vscode.TextDocument) =>
    vscode.languages.match(client.protocol2CodeConverter.asDocumentSelector(client.clientOptions.documentSelector ?? []), document) > 0;
  const open = (uri: vscode.Uri) => {
    const document = documentOf(uri);
    // One that is only now being opened is told of by the event that says so.
    if (!document || told.has(uri.toString()) || !wanted(document)) return undefined;
    told.add(uri.toString());
    return client.sendNotification(DidOpenTextDocumentNotification.type, client.code2ProtocolConverter.asOpenTextDocumentParams(document));
  };
  const close = (uri: vscode.Uri) => {
    const document = documentOf(uri);
    if (!document || !told.delete(uri.toString())) return undefined;
    return client.sendNotification(DidCloseTextDocumentNotification.type, client.code2ProtocolConverter.asCloseTextDocumentParams(document));
  };
  const each = (uris: Iterable<vscode.Uri>, tell: (uri: vscode.Uri) => Promise<void> | undefined) => {
    if (!client.isRunning()) return;
    for (const uri of uris) tell(uri)?.catch((error: unknown) => client.error('Telling of a document failed', error, false));
  };
  return vscode.Disposable.from(
    visibleDocuments.onOpen((uris) => each(uris, open)),
    visibleDocuments.onClose((uris) => each(uris, close)),
    // A server that starts afresh was told nothing.
    client.onDidChangeState(({ newState }) => { if (newState === State.Starting) told.clear(); }),
  );
}
