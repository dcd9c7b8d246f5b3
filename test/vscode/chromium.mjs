// @ts-check
/**
 * A headless browser from the package registry: the npm package `@sparticuz/chromium` carries a Chromium for x64 Linux,
 * packed, with the few libraries and the one font that a bare machine may lack.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { once, REPOSITORY, run } from '../../tools/vscode-server.mjs';

/** Everything goes over the loopback interface to pages that are ours, and a container's root user has no sandbox. */
const ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--no-pings', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--force-color-profile=srgb', '--font-render-hinting=none',
];

/**
 * @returns {Promise<import('playwright-core').Browser>} CHROMIUM_PATH names another browser to use
 */
export async function launchBrowser() {
  const path = process.env['CHROMIUM_PATH'];
  if (path) return chromium.launch({ executablePath: path, args: ARGS });
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ channel: 'chrome', args: ARGS });
  const folder = await unpack();
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ARGS,
    env: {
      ...definedEnvironment(),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
    },
  });
}

function definedEnvironment() {
  return /** @type {Record<string, string>} */ (Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined)));
}

/** @returns {Promise<string>} the folder the browser was unpacked in, once */
async function unpack() {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const { version } = JSON.parse(await readFile(join(dirname(entry), '..', '..', 'package.json'), 'utf8'));
  const folder = join(REPOSITORY, '.cache', 'chromium', version);
  await once(folder, async (staging) => {
    // The package unpacks into the temporary folder and takes whatever it finds there for complete, so it is given a
    // temporary folder of its own. It leaves its libraries out unless it believes it runs where they are needed.
    const script = 'import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath())';
    await run(process.execPath, ['--eval', script], {
      cwd: import.meta.dirname,
      quiet: true,
      env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    });
    await writeFile(join(staging, 'fonts.conf'), `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`);
  });
  return folder;
}
