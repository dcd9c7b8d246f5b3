import { CompletionItemKind, InsertTextFormat, InsertTextMode, type CompletionItem } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Completion } from '#assistance/completion.js';
import type { Abilities } from './language-server-abilities.js';
import { rangeOf } from './language-server-mapping.js';

/** Completions as the editor takes them, in the order they were given in. */
export function completionItems(completions: readonly Completion[], document: TextDocument, can: Abilities): CompletionItem[] {
  return completions.map(({ label, kind, detail, explanation, span, text, snippet }, order) => ({
    label,
    kind: kind === 'key' ? CompletionItemKind.Property : CompletionItemKind.EnumMember,
    sortText: String(order).padStart(4, '0'),
    textEdit: { range: rangeOf(span, document), newText: can.snippets ? snippet : text },
    ...(can.snippets && { insertTextFormat: InsertTextFormat.Snippet }),
    // The lines below the first are indented already.
    ...(can.indentsAsIs && { insertTextMode: InsertTextMode.asIs }),
    ...(detail !== undefined && { detail }),
    ...(explanation !== undefined && { documentation: explanation }),
  }));
}
