// @ts-check
/** The README as the page of the extension, where nothing lies beside it: pictures come along, and links lead somewhere. */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The address people find the repository at, as the clone knows it; none where it came from no public place.
 * @param {string} root
 * @returns {string | undefined} such as `https://example.org/hipaa-lint`
 */
export function publicAddress(root) {
  const { stdout } = spawnSync('git', ['remote', 'get-url', 'origin'], { cwd: root, encoding: 'utf8' });
  const ssh = /^(?:ssh:\/\/)?git@([\w.-]+)[:/](.+)$/.exec((stdout ?? '').trim());
  const url = ssh ? `https://${ssh[1]}/${ssh[2]}` : (stdout ?? '').trim();
  // A password or token in the address is nobody else's.
  if (!/^https:\/\/[\w.-]+\/[\w./~-]+$/.test(url)) return undefined;
  return url.replace(/\/$/, '').replace(/\.git$/, '');
}

/**
 * The text of the page. Pictures are part of it, so that they show offline. Links into the repository are made to point
 * there; where it has no public address, the words stay and the link goes, because it would lead nowhere.
 * @param {string} root
 * @param {string | undefined} address
 * @returns {Promise<string>}
 */
export async function marketplaceReadme(root, address) {
  let text = await readFile(join(root, 'README.md'), 'utf8');
  for (const [all, words, path] of text.matchAll(/!\[([^\]]*)\]\((?!https?:)([^)]+\.png)\)/g)) {
    const bytes = await readFile(join(root, /** @type {string} */ (path)));
    text = text.replace(all, () => `![${words}](data:image/png;base64,${bytes.toString('base64')})`);
  }
  return text.replace(/(?<!!)\[([^\]]+)\]\((?!https?:|#)([^)]+)\)/g, (_all, words, path) =>
    address ? `[${words}](${address}/blob/HEAD/${path})` : words,
  );
}
