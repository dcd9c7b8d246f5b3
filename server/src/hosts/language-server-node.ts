import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import type { Host } from './language-server-host.js';
import { filesOnDisk } from './workspace-disk.js';

/** A process of Node: reads the disk. `home` is the folder of the package, with `docs/rules` in it. */
export function nodeHost(home: string): Host {
  const pageOf = (rule: string) => {
    const path = join(home, 'docs', 'rules', ...`${rule}.md`.split('/'));
    return existsSync(path) ? path : undefined;
  };
  return {
    filesBelow: (folder) => {
      const uri = URI.parse(folder);
      return uri.scheme === 'file' && uri.authority === '' ? filesOnDisk(uri.fsPath) : undefined;
    },
    rulePage: (rule) => {
      const path = pageOf(rule);
      return path === undefined ? undefined : readFileSync(path, 'utf8');
    },
    rulePageAddress: (rule) => {
      const path = pageOf(rule);
      return path === undefined ? undefined : URI.file(path).toString();
    },
    sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
  };
}
