import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { openRulePageCommand, rulePageRequest, rulePageScheme, type RulePageResult } from '../../server/src/hosts/protocol.js';

/** Serves the pages of rules from the package, so that they open without a web site. */
export function rulePages(client: BaseLanguageClient): vscode.Disposable {
  const provider: vscode.TextDocumentContentProvider = {
    async provideTextDocumentContent(uri) {
      const page = await client.sendRequest<RulePageResult | null>(rulePageRequest, { rule: uri.path.replace(/^\/|\.md$/g, '') });
      return page?.markdown ?? 'There is no such rule.';
    },
  };
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(rulePageScheme, provider),
    vscode.commands.registerCommand(openRulePageCommand, async (rule: unknown) => {
      if (typeof rule !== 'string') return;
      await vscode.commands.executeCommand('markdown.showPreviewToSide', vscode.Uri.from({ scheme: rulePageScheme, path: `/${rule}.md` }));
    }),
  );
}
