import { DiagnosticSeverity, DiagnosticTag, type Diagnostic, type Range, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { rulePageAddress, type Note } from '#assistance/notes.js';
import type { Stroke } from '#assistance/settling.js';
import type { Edit, Span } from '#engine/text.js';
import { table } from '#engine/table.js';

/** The name every diagnostic carries. */
export const source = 'hipaa-lint';

const severityOf = table({
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  quiet: DiagnosticSeverity.Hint,
} as const);

export function rangeOf({ start, end }: Span, document: TextDocument): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

export function spanOf({ start, end }: Range, document: TextDocument): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

/** A change of a document, before it is made. */
export function strokeOf({ range, text }: { readonly range: Range; readonly text: string }, document: TextDocument): Stroke {
  const [one, other] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const [start, end] = [Math.min(one, other), Math.max(one, other)];
  return { start, end, text, line: document.positionAt(start).line, endLine: document.positionAt(end).line };
}

/** How many other places a diagnostic names: as many as a person looks at. */
const mostRelated = 50;

/** `related`: whether the editor shows places beside that of a diagnostic. */
export function diagnosticOf({ span, message, severity, rule, idle, related: others }: Note, document: TextDocument, related: boolean): Diagnostic {
  const diagnostic: Diagnostic = { range: rangeOf(span, document), severity: severityOf[severity], source, message };
  if (rule !== undefined) {
    diagnostic.code = rule;
    diagnostic.codeDescription = { href: rulePageAddress(rule) };
  }
  if (idle) diagnostic.tags = [DiagnosticTag.Unnecessary];
  if (related && others) diagnostic.relatedInformation = others.slice(0, mostRelated).map((one) => ({ location: { uri: document.uri, range: rangeOf(one.span, document) }, message: one.message }));
  return diagnostic;
}

/** Edits as the editor takes them, bound to the version they were made for where it can check that. */
export function workspaceEditOf(edits: readonly Edit[], document: TextDocument, versioned: boolean): WorkspaceEdit {
  const changes = [...edits].sort((a, b) => a.start - b.start).map((edit): TextEdit => ({ range: rangeOf(edit, document), newText: edit.text }));
  return versioned
    ? { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: changes }] }
    : { changes: { [document.uri]: changes } };
}
