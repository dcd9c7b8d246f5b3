import { securityRule } from '#safeguards/security-rule.js';
import { reasons, registry } from '#registry/registry.generated.js';
import type { Host } from './language-server-host.js';

/** The page of a rule as Markdown; nothing for a rule that does not exist. Where the package came without pages, what the rule itself knows. */
export async function rulePage(host: Host, id: string): Promise<{ readonly markdown: string } | undefined> {
  const rule = registry.rules.get(id);
  if (!rule) return undefined;
  const page = await host.rulePage(id);
  if (page !== undefined) return { markdown: page.replace(/^<!--.*-->\s*/, '') };
  const cited = rule.safeguards.map((citation) => `- 45 CFR ${citation} ${securityRule[citation].title} (${securityRule[citation].status})`);
  return { markdown: [`# ${rule.title}`, '', ...cited, '', reasons[id] ?? '', ''].join('\n') };
}
