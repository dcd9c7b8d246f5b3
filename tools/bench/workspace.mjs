// @ts-check
/** A keystroke in a small file that many others ask for, in a large workspace: while it is read, scanned, and afterwards. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ms, quantile, usage } from './measure.mjs';
const { LanguageClient } = await import('../../out/test/support/language-client.js');

const main = 'events {}\nhttp {\n  ssl_protocols TLSv1.2;\n  include /etc/nginx/conf.d/*.conf;\n}\n';
const site = (/** @type {number} */ i) => `server {\n  listen 80;\n  server_name host-${i}.example;\n  location / { proxy_pass http://10.0.0.${i % 250}:80; }\n}\n`;

/** @param {number} files how many there are in all @param {number} included how many of them the file under the hand includes */
export async function workspace(files, included) {
  console.log(`Keystroke in an nginx.conf of 5 lines that includes ${included} files, in a workspace of ${files}. Target: at most 1.2 times what it is before.`);
  const root = mkdtempSync(join(tmpdir(), 'hipaa-lint-bench-'));
  const write = (/** @type {string} */ path, /** @type {string} */ text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  try {
    write('etc/nginx/nginx.conf', main);
    for (let i = 0; i < included; i++) write(`etc/nginx/conf.d/${i}.conf`, site(i));
    for (let i = included; i < files; i++) write(`other/${i % 200}/site-${i}/nginx/conf.d/${i}.conf`, site(i));
    const uri = pathToFileURL(join(root, 'etc/nginx/nginx.conf')).href;
    const stroke = async (/** @type {InstanceType<typeof LanguageClient>} */ client, /** @type {number} */ i) => {
      const before = performance.now();
      client.edit(uri, { start: 10, end: 10 + (i % 2), text: i % 2 ? '' : '#' });
      await client.pull(uri);
      return performance.now() - before;
    };
    const show = (/** @type {string} */ when, /** @type {number[]} */ samples, /** @type {number} */ than) => {
      const [p50, p95] = [quantile(samples, 0.5), quantile(samples, 0.95)];
      console.log(`  ${when.padEnd(24)} ${String(samples.length).padStart(5)} strokes, median ${ms(p50)}, p95 ${ms(p95)}${than ? `, ${(p50 / than).toFixed(2)} times` : ''}`);
      return p50;
    };
    // The file alone, without a workspace around it: nothing asks for it, and nothing else is done.
    const alone = await LanguageClient.start({ pull: true });
    alone.open(uri, main);
    await alone.pull(uri);
    for (let i = 0; i < 60; i++) await stroke(alone, i);
    const by = [];
    for (let i = 0; i < 200; i++) by.push(await stroke(alone, i));
    show('alone', by, 0);
    await alone.stop();

    const client = await LanguageClient.start({ pull: true, folders: [pathToFileURL(root).href] });
    client.open(uri, main);
    await client.pull(uri);
    for (let i = 0; i < 60; i++) await stroke(client, i);
    const during = [];
    for (let i = 0; i < 200; i++) during.push(await stroke(client, i));
    await client.until(() => client.refreshes > 0, 'the end of reading the workspace', 600_000);
    await new Promise((done) => setTimeout(done, 500));
    const before = [];
    for (let i = 0; i < 200; i++) before.push(await stroke(client, i));
    const base = show('before a scan', before, 0);
    show('while it is read', during, base);
    const cpu = usage(client.pid).cpu;
    let isDone = false;
    const scan = client.request('hipaa-lint/scan', {}, 600_000).finally(() => { isDone = true; });
    const scanning = [];
    for (let i = 0; !isDone && i < 400; i++) scanning.push(await stroke(client, i));
    show('during a scan', scanning, base);
    await scan;
    console.log(`  the scan took ${((usage(client.pid).cpu - cpu) / 1000).toFixed(1)} s of the processor, ${usage(client.pid).memory.toFixed(0)} MB`);
    const after = [];
    for (let i = 0; i < 200; i++) after.push(await stroke(client, i));
    show('after it', after, base);
    await client.stop();
    console.log('');
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
