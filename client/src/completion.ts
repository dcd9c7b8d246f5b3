import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import { configurationFile, exceptionMarker } from '../../server/src/hosts/protocol.js';

/** The extension that completes and explains YAML files by the schemas other extensions bring along, ours among them. */
const yamlExtension = 'redhat.vscode-yaml';

/**
 * Asks for completion only where there is some: an editor waits with everybody's words for the slowest of those who are
 * asked. Where the YAML extension is installed it is left to that, so that nothing is said twice.
 */
export const middleware: Middleware = {
  provideCompletionItem: (document, position, context, token, next) => {
    const wanted = isConfiguration(document)
      ? !leftToYamlExtension(document, 'completion')
      : document.lineAt(position).text.slice(0, position.character).includes(exceptionMarker);
    return wanted ? next(document, position, context, token) : undefined;
  },
  provideHover: (document, position, token, next) =>
    (isConfiguration(document) && leftToYamlExtension(document, 'hover') ? undefined : next(document, position, token)),
};

function isConfiguration({ uri }: vscode.TextDocument): boolean {
  return uri.path.endsWith(`/${configurationFile}`);
}

function leftToYamlExtension({ uri, languageId }: vscode.TextDocument, setting: 'completion' | 'hover'): boolean {
  if (languageId !== 'yaml' || !vscode.extensions.getExtension(yamlExtension)) return false;
  return vscode.workspace.getConfiguration('yaml', uri).get(setting) !== false;
}
