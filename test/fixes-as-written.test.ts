/** Fixes leave text as a careful person would: aligned as its formatter has it, and without an example that opens more than it closes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixAll } from '#assistance/fix-all.js';
import { analyse } from '#engine/analysis.js';
import { undecided } from '#engine/lint.js';
import { apply, type Edit } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';
import { ask, pages, type ExampleFile } from './support/pages.js';

const only = process.env['HIPAA_LINT_ONLY'];

interface Fixed {
  readonly where: string;
  readonly file: ExampleFile;
  readonly edits: readonly Edit[];
}

/** Every fix of every example that is caught, one by one. */
function* fixes(wanted: (format: string) => boolean): Iterable<Fixed> {
  for (const { format, path, examples } of pages()) {
    if (!wanted(format)) continue;
    for (const { heading, files, line } of examples) {
      if (heading !== 'Caught') continue;
      for (const { file, findings } of ask(format, files)) {
        for (const { fix } of findings) if (fix) yield { where: `${path}:${line}: ${fix.title}`, file, edits: fix.edits() };
      }
    }
  }
}

test('no fix offers a wide private network as the cure of an open source', () => {
  const wide = /\b(?:10\.0\.0\.0\/8|172\.16\.0\.0\/12|192\.168\.0\.0\/16|f[cd]00::\/[78])\b/;
  for (const { where, edits } of fixes((format) => only === undefined || only === format)) {
    for (const { text } of edits) assert.doesNotMatch(text, wide, where);
  }
});

/** What a fix of a profile or of a server's settings leaves of the lines it is made in: others stay as they are, and none is torn apart. */
test('a line is not torn apart: what stands on one line stays on one, and pairs below each other get another below', { skip: only !== undefined }, () => {
  const rule = 'password-history';
  const profile = (pairs: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n${pairs}</dict>\n</plist>\n`;
  const payload = (dict: string) => profile(`\t<key>PayloadContent</key>\n\t<array>\n${dict}\t</array>\n`);
  const start = '<key>PayloadType</key><string>com.apple.mobiledevice.passwordpolicy</string>';
  for (const [before, after] of [
    [payload(`\t\t<dict>${start}<key>forcePIN</key><true/></dict>\n`), payload(`\t\t<dict>${start}<key>forcePIN</key><true/><key>pinHistory</key><integer>5</integer></dict>\n`)],
    [payload(`\t\t<dict>\n\t\t\t${start}\n\t\t\t<key>forcePIN</key><true/>\n\t\t</dict>\n`),
      payload(`\t\t<dict>\n\t\t\t${start}\n\t\t\t<key>forcePIN</key><true/>\n\t\t\t<key>pinHistory</key><integer>5</integer>\n\t\t</dict>\n`)],
  ] as const) {
    const found = ask('apple-profile', [{ name: 'ward.mobileconfig', text: before }]).flatMap(({ findings }) => findings).find((finding) => finding.rule === rule);
    assert.ok(found?.fix);
    assert.equal(apply(before, found.fix.edits()), after);
  }
  const orthanc = '{ "DicomModalities": { "mr": { "AET": "MR", "Host": "10.1.1.2", "Port": 104 } }, "RemoteAccessAllowed": true }\n';
  for (const { findings } of ask('orthanc', [{ name: 'orthanc.json', text: orthanc }])) {
    for (const { fix } of findings) if (fix) assert.equal(apply(orthanc, fix.edits()).split('\n').length, 2, fix.title);
  }
});

test('Terraform stays as `terraform fmt` has it, whichever fixes are made', { skip: only !== undefined && only !== 'terraform' }, () => {
  let aligned = 0;
  const check = (before: string, after: string, where: string) => {
    if (misaligned(before)) return;
    aligned++;
    assert.equal(misaligned(after), undefined, `${where} leaves\n${after}`);
  };
  for (const { where, file, edits } of fixes((format) => format === 'terraform')) check(file.text, apply(file.text, edits), where);
  const format = registry.formats.get('terraform')!;
  for (const { format: name, path, examples } of pages()) {
    if (name !== 'terraform') continue;
    for (const { heading, files, line } of examples) {
      if (heading !== 'Caught' || files.length > 1) continue;
      const { text } = files[0]!;
      const edits = fixAll(analyse('terraform', format, 'main.tf', text), undecided, () => true);
      if (typeof edits === 'object') check(text, apply(text, edits), `${path}:${line}: all fixes`);
    }
  }
  assert.ok(aligned > 100, `${aligned} examples are aligned`);
});

test('the checker of alignment takes what `terraform fmt` takes, and nothing else', () => {
  assert.equal(misaligned('a {\n  b   = 1\n  ccc = 2\n\n  d = 3\n  ee = [\n    4\n  ]\n  f = 5\n}\n'), undefined);
  assert.equal(misaligned('a {\n  b = 1\n  ccc = 2\n}\n'), '  b = 1');
});

/** The first line whose equals sign is not in the column of its run, by the rules of hclwrite's format.go. */
function misaligned(text: string): string | undefined {
  let run: { readonly line: string; readonly name: number; readonly sign: number }[] = [];
  const close = () => {
    const width = Math.max(0, ...run.map(({ name }) => name));
    const wrong = run.find(({ sign }) => sign !== width + 1);
    run = [];
    return wrong?.line;
  };
  for (const line of text.split('\n')) {
    const found = /^\s*([\w.-]+|"[^"]*")(\s*)=(?!=)(.*)$/.exec(line);
    const bare = found?.[3]!.replace(/"(?:[^"\\]|\\.)*"/g, '').replace(/#.*$/, '') ?? '';
    const net = (bare.match(/[[{(]/g)?.length ?? 0) - (bare.match(/[\]})]/g)?.length ?? 0);
    if (found && net === 0) {
      const from = line.length - line.trimStart().length;
      run.push({ line, name: found[1]!.length, sign: line.indexOf('=', from + found[1]!.length) - from });
      continue;
    }
    const wrong = close();
    if (wrong !== undefined) return wrong;
  }
  return close();
}
