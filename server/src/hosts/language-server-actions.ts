import {
  CodeActionKind, type CodeAction, type CodeActionParams, type Command, type CompletionItem, type CompletionParams, type Hover, type HoverParams,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { actionsAt, editsOf, hasSafeFix, type Action, type Doing } from '#assistance/actions.js';
import { configurationCompletions } from '#assistance/configuration-completion.js';
import { configurationHover } from '#assistance/configuration-hover.js';
import { exceptionCompletions } from '#assistance/exception-completion.js';
import { hoverAt } from '#assistance/hover.js';
import { configurationFile } from '#configuration/configuration.js';
import { exceptionMarker } from '#engine/exceptions.js';
import type { Abilities } from './language-server-abilities.js';
import { completionItems } from './language-server-completion.js';
import { rangeOf, source, spanOf, workspaceEditOf } from './language-server-mapping.js';
import type { Roots } from './language-server-roots.js';
import { fillExceptionCommand, fixAllKind, openRulePageCommand, showRulePageCommand, type MendableResult } from './protocol.js';

/** What a code action carries until it is resolved. */
interface Deferred {
  readonly uri: string;
  readonly does: Doing;
}

/** Code actions, hover and completion for open documents. */
export class Assistant {
  readonly #roots: Roots;
  readonly #documents: ReadonlyMap<string, TextDocument>;
  readonly #can: Abilities;

  /** Told in words why an action changes nothing. */
  onRefusal: (message: string) => void = () => {};

  constructor(roots: Roots, documents: ReadonlyMap<string, TextDocument>, can: Abilities) {
    this.#roots = roots;
    this.#documents = documents;
    this.#can = can;
  }

  actions({ textDocument: { uri }, range, context }: CodeActionParams): CodeAction[] {
    const subject = this.#subject(uri);
    if (!subject) return [];
    const { document, linted } = subject;
    const wants = (kind: string) => !context.only || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
    const found: CodeAction[] = [];
    if (wants(CodeActionKind.QuickFix)) {
      for (const action of actionsAt(linted.analysis, linted.outcome, spanOf(range, document))) {
        const made = this.#codeAction(action, uri, document, context.diagnostics);
        if (made) found.push(made);
      }
    }
    // Asked for by name, on save for instance, the edit is wanted at once; among all actions it can wait.
    if (wants(fixAllKind) && hasSafeFix(linted.outcome)) {
      const action: CodeAction = { title: 'Fix all safe HIPAA Lint findings', kind: fixAllKind, data: { uri, does: { do: 'fix-all' } } satisfies Deferred };
      if (!context.only && this.#can.resolveActions) found.push(action);
      else {
        const { data: _data, ...resolved } = this.resolve(action);
        if (resolved.edit) found.push(resolved);
      }
    }
    return found;
  }

  /** How the findings of a document could be mended. */
  mendable(uri: string): MendableResult | null {
    const subject = this.#subject(uri);
    // Our own configuration is read too, and what is wrong in it has no fix.
    if (!subject) return this.#isConfiguration(uri) && this.#roots.placeOf(uri).root.settings.enabled ? { safe: 0, review: 0, none: 0 } : null;
    const shown = subject.linted.outcome.findings.filter(({ exception }) => !exception);
    const of = (safety: 'safe' | 'review' | undefined) => shown.filter(({ fix }) => fix?.safety === safety).length;
    return { safe: of('safe'), review: of('review'), none: of(undefined) };
  }

  /** Makes the edit of an action from the text as it is now. */
  resolve(action: CodeAction): CodeAction {
    const { uri, does } = (action.data ?? {}) as Partial<Deferred>;
    const subject = uri === undefined ? undefined : this.#subject(uri);
    if (!subject || !does) return action;
    const { document, linted, decisions } = subject;
    const edits = editsOf(does, linted.analysis, linted.outcome, decisions);
    if (typeof edits === 'string') this.onRefusal(`${document.uri.slice(document.uri.lastIndexOf('/') + 1)} stays as it is: ${edits}`);
    return typeof edits === 'object' && edits.length > 0 ? { ...action, edit: workspaceEditOf(edits, document, this.#can.versionedEdits) } : action;
  }

  hover({ textDocument: { uri }, position }: HoverParams): Hover | null {
    const document = this.#documents.get(uri);
    if (!document || !this.#roots.placeOf(uri).root.settings.enabled) return null;
    const offset = document.offsetAt(position);
    const found = this.#isConfiguration(uri) ? configurationHover(document.getText(), offset) : this.#hoverOf(uri, offset);
    if (!found) return null;
    const contents = this.#can.markdown ? { kind: 'markdown' as const, value: this.#can.rulePages ? withCommands(found.markdown) : found.markdown } : { kind: 'plaintext' as const, value: found.plain };
    return { contents, range: rangeOf(found.span, document) };
  }

  #hoverOf(uri: string, offset: number) {
    const linted = this.#subject(uri)?.linted;
    return linted && hoverAt(linted.outcome, linted.text, offset, linted.analysis);
  }

  /** Something in a configuration file and in comments that record exceptions; nothing anywhere else. */
  completions({ textDocument: { uri }, position }: CompletionParams): CompletionItem[] {
    const document = this.#documents.get(uri);
    if (!document || !this.#roots.placeOf(uri).root.settings.enabled) return [];
    const offset = document.offsetAt(position);
    if (this.#isConfiguration(uri)) return completionItems(configurationCompletions(document.getText(), offset), document, this.#can);
    if (!document.getText({ start: { line: position.line, character: 0 }, end: position }).includes(exceptionMarker)) return [];
    const linted = this.#subject(uri)?.linted;
    return linted ? completionItems(exceptionCompletions(linted.analysis, linted.outcome, offset), document, this.#can) : [];
  }

  /** One in a folder of its own is read by those who open that folder, or name it as a root. */
  #isConfiguration(uri: string): boolean {
    const { path } = this.#roots.placeOf(uri);
    return path === configurationFile || path.endsWith(`/${configurationFile}`);
  }

  #subject(uri: string) {
    const document = this.#documents.get(uri);
    if (!document) return undefined;
    const { root, path } = this.#roots.placeOf(uri);
    const linted = root.workspace.lint(path);
    return linted && { document, linted, decisions: root.settings.decisions };
  }

  #codeAction({ title, does, finding, preferred }: Action, uri: string, document: TextDocument, diagnostics: CodeActionParams['context']['diagnostics']): CodeAction | undefined {
    const range = finding && rangeOf(finding.span, document);
    const about = diagnostics.filter((diagnostic) =>
      diagnostic.source === source && diagnostic.code === finding?.rule && JSON.stringify(diagnostic.range) === JSON.stringify(range));
    const action: CodeAction = { title, kind: CodeActionKind.QuickFix, ...(about.length > 0 && { diagnostics: about }), ...(preferred && { isPreferred: true }) };
    if (does.do === 'open-page') {
      const command = this.#pageCommand(title, does.rule);
      return command && { ...action, command };
    }
    if (does.do === 'except' && this.#can.fillsExceptions) action.command = { title, command: fillExceptionCommand, arguments: [uri] };
    const deferred: CodeAction = { ...action, data: { uri, does } satisfies Deferred };
    if (this.#can.resolveActions) return deferred;
    const { data: _data, ...resolved } = this.resolve(deferred);
    return resolved.edit && resolved;
  }

  #pageCommand(title: string, rule: string): Command | undefined {
    if (this.#can.rulePages) return { title, command: openRulePageCommand, arguments: [rule] };
    return this.#can.showDocument ? { title, command: showRulePageCommand, arguments: [rule] } : undefined;
  }
}

/** An editor that has the command of the client follows it from a hover, where it would not follow an address of ours. */
function withCommands(markdown: string): string {
  return markdown.replace(/\]\(hipaa-lint-rule:\/([\w/-]+)\.md\)/g, (_all, rule: string) => `](command:${openRulePageCommand}?${encodeURIComponent(JSON.stringify([rule]))})`);
}
