// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { has, lastLine, run } from './support.mjs';

/** The list as the program understands it, in its own layout. @param {string} file @param {string} target */
const normal = (file, target) => run('plistutil', ['-f', 'xml', '-i', file, '-o', target]);

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'Property lists',
  formats: ['apple-profile'],
  packages: ['libplist-utils', 'libxml2-utils'],
  present: () => has('plistutil') && has('xmllint'),
  async accepts(stage, files) {
    for (const [i, { text }] of files.entries()) {
      // A template hole is no property list before the template is filled in.
      if (/\{\{|<%/.test(text)) continue;
      const [file, binary, first, second] = ['profile', 'binary', 'first', 'second'].map((name) => stage.path(`${name}-${i}`));
      writeFileSync(/** @type {string} */ (file), text);
      const wellFormed = run('xmllint', ['--noout', '--nonet', /** @type {string} */ (file)]);
      if (wellFormed.status !== 0) return `is not well-formed: ${lastLine(wellFormed.output)}`;
      const steps = [
        normal(/** @type {string} */ (file), /** @type {string} */ (first)),
        run('plistutil', ['-f', 'bin', '-i', /** @type {string} */ (file), '-o', /** @type {string} */ (binary)]),
        normal(/** @type {string} */ (binary), /** @type {string} */ (second)),
      ];
      const failed = steps.find(({ status }) => status !== 0);
      if (failed) return `cannot be converted: ${lastLine(failed.output)}`;
      const kept = readFileSync(/** @type {string} */ (first), 'utf8');
      if (kept !== readFileSync(/** @type {string} */ (second), 'utf8')) return 'is not the same after XML, binary and XML again';
      // What the program drops silently would be lost on the device.
      if ((text.match(/<key>/g) ?? []).length !== (kept.match(/<key>/g) ?? []).length) return 'loses keys on the way';
    }
    return undefined;
  },
  refuses: { 'apple-profile': '<?xml version="1.0"?>\n<plist version="1.0"><dict><key>forcePIN</key><tru></dict></plist>\n' },
};
