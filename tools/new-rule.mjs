// @ts-check
/**
 * `npm run new:rule NAME [--format F | --page F]`: a rule that compiles with its page, whose tests fail until it is
 * written. With `--format` the rule is that format's own; without, it is shared, and `--page` adds its first page.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const usage = 'npm run new:rule NAME [-- --format F | --page F], where NAME is what is wanted: root-login, tls-version';

/** @param {string} message @returns {never} */
function refuse(message) {
  console.error(message);
  process.exit(2);
}

const words = process.argv.slice(2).flatMap((word) => (/^--\w+=/.test(word) ? word.split(/=(.*)/s).slice(0, 2) : [word]));
const [name, option, format, ...rest] = words;
if (name === undefined || name.startsWith('-') || rest.length > 0 || (option !== undefined && (!['--format', '--page'].includes(option) || format === undefined))) refuse(usage);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) refuse(`A rule is named in lower case with hyphens, such as root-login; \`${name}\` is not`);
const formats = readdirSync(`${root}server/src/formats`).filter((folder) => existsSync(`${root}server/src/formats/${folder}/index.ts`)).sort();
if (format !== undefined && !formats.includes(format)) refuse(`There is no format \`${format}\`; there are: ${formats.join(', ')}`);
const fence = '```';
const spoken = name.replaceAll('-', ' ');
const title = spoken.charAt(0).toUpperCase() + spoken.slice(1);

const why = 'Two sentences in words a biomedical engineer uses: what can happen to the data of a patient, and why this setting decides it.\n';
const advice = `
## What to write instead

The setting, and what else it needs before it works.

## What to check on the device

What a person can try to see that it holds.
`;
/** @param {string} format */
const examples = (format) => `## Caught

${fence}${format}
# A file that must be caught.
${fence}

## Allowed

${fence}${format}
# The same file as it should be.
${fence}
`;
const own = `import { query } from '#engine/query.js';
import { must, rule } from '#engine/rule.js';
import type { Setting } from '#engine/setting.js';

/** What is judged: one subject for each place of the tree where it could stand. */
interface Subject {
  readonly label: string;
  readonly enabled: Setting<boolean>;
}

const subjects = query<unknown, Subject>('${format}', '${name}', () => []);

export default rule(subjects, {
  title: '${title}',
  family: 'access',
  safeguards: ['164.312(a)(1)'],
  severity: 'warning',
  check: ({ enabled, label }) => must(enabled, { be: (on) => on, or: () => \`\${label} is off\`, want: 'on' }),
});
`;
const shared = `import { Channel } from '#concepts/channel.js';
import { must, rule } from '#engine/rule.js';

/** The concept is what the rule looks at: server/src/concepts lists them all. */
export default rule(Channel, {
  title: '${title}',
  family: 'transmission',
  safeguards: ['164.312(e)(1)'],
  severity: 'warning',
  check: (channel) => must(channel.peerVerified, { be: () => true, or: () => \`\${channel.label} is not as it should be\` }),
});
`;

/** @type {Record<string, string>} */
const files = option === '--format'
  ? { [`server/src/formats/${format}/rules/${name}.ts`]: own, [`server/src/formats/${format}/rules/${name}.md`]: `${why}\n${examples(format ?? '')}${advice}` }
  : { [`server/src/rules/${name}.ts`]: shared, [`server/src/rules/${name}.md`]: `${why}${advice}`, ...(format !== undefined && { [`server/src/formats/${format}/pages/${name}.md`]: examples(format) }) };
const there = Object.keys(files).find((path) => existsSync(root + path));
if (there) refuse(`There is a rule ${name} already: ${there}`);
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(root + path), { recursive: true });
  writeFileSync(root + path, text);
  console.log(path);
}
console.log(`
It compiles${format === undefined ? '' : ', and the tests of its page fail with "nothing is caught" until the rule and its examples say something'}.
1. Write why and the examples${format === undefined ? `: one page for each format that can say it, server/src/formats/FORMAT/pages/${name}.md` : ''}.
2. Write the rule: what it looks at, its rows, its message (the present fact) and, where an edit can be right, its fix.
3. npm test -- --quick --accept writes what is found into the pages; read the difference.`);
