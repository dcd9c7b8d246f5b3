import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { securityRule } from '#safeguards/security-rule.js';
import { reasons, registry } from '#registry/registry.generated.js';

/** The file with the page of a rule; nothing for a rule that does not exist. */
export function rulePagePath(home: string, rule: string): string | undefined {
  const path = registry.rules.has(rule) ? join(home, 'docs', 'rules', ...`${rule}.md`.split('/')) : undefined;
  return path !== undefined && existsSync(path) ? path : undefined;
}

/** The page of a rule as Markdown. Where the package came without pages, what the rule itself knows. */
export function rulePage(home: string, id: string): { readonly markdown: string } | undefined {
  const rule = registry.rules.get(id);
  if (!rule) return undefined;
  const path = rulePagePath(home, id);
  if (path !== undefined) return { markdown: readFileSync(path, 'utf8').replace(/^<!--.*-->\s*/, '') };
  const cited = rule.safeguards.map((citation) => `- 45 CFR ${citation} ${securityRule[citation].title} (${securityRule[citation].status})`);
  return { markdown: [`# ${rule.title}`, '', ...cited, '', reasons[id] ?? '', ''].join('\n') };
}
