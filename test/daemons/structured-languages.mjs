// @ts-check
import { mkdirSync } from 'node:fs';
import { changesItsLines, library } from './second-reader.mjs';
import { run } from './support.mjs';

/** @param {string} format @param {string} name */
const notationOf = (format, name) => (/\.json$/.test(name) ? 'json' : format === 'terraform' ? 'hcl' : 'hocon');

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'python-hcl2, pyhocon',
  formats: ['terraform', 'emqx', 'nanomq'],
  packages: ['python3', 'python3-pip'],
  present: () => run('/usr/bin/python3', ['-c', `import sys; sys.path.append(${JSON.stringify(library)}); import hcl2, pyhocon`]).status === 0,
  obtain() {
    mkdirSync(library, { recursive: true });
    run(
      '/usr/bin/python3',
      [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--retries',
        '1',
        '--disable-pip-version-check',
        '--no-compile',
        '--target',
        library,
        'python-hcl2==7.3.1',
        'pyhocon==0.3.63',
      ],
      { milliseconds: 90_000 },
    );
  },
  async accepts(_stage, files, format, before) {
    for (const [i, { name, text }] of files.entries()) {
      if (format === 'emqx' && /^listener\./m.test(text)) return { skipped: 'release 4 of EMQX does not write HOCON' };
      const problem = await changesItsLines(notationOf(format, name), before[i]?.text ?? '', text);
      if (problem) return problem;
    }
    return undefined;
  },
  refuses: { terraform: 'resource "aws_instance" "a" {\n', emqx: 'listeners {\n', nanomq: 'listeners {\n' },
};
