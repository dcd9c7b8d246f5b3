import { shared } from '#engine/shared.js';

/** What a folder's `.terraform.lock.hcl` has chosen: the release of each provider, as a constraint that leaves no other. */
export const lockedIn = shared<readonly (readonly [provider: string, constraint: string])[]>('terraform lock file', (folder, surroundings) => {
  const file = surroundings.open(`${folder === '' ? '' : `${folder}/`}.terraform.lock.hcl`);
  if (typeof file !== 'object') return [];
  const found: (readonly [string, string])[] = [];
  let provider: string | undefined;
  for (const line of file.text.slice(0, 200_000).split('\n')) {
    // By its local name a provider is called like the last part of its address, unless a file says otherwise.
    provider = /^\s*provider\s+"(?:[^"\n]*\/)?([\w-]+)"/.exec(line)?.[1] ?? provider;
    const version = /^\s*version\s*=\s*"(\d[\w.-]*)"/.exec(line)?.[1];
    if (provider !== undefined && version !== undefined) found.push([provider, `= ${version}`]);
  }
  return found;
});
