// @ts-check
/** `npm run new:format NAME`: the folder of a format that compiles, with a first page whose tests fail until it is written. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [name, ...rest] = process.argv.slice(2);

/** @param {string} message @returns {never} */
function refuse(message) {
  console.error(message);
  process.exit(2);
}

if (name === undefined || name.startsWith('-') || rest.length > 0) refuse('npm run new:format NAME, where NAME is what people call the product: postgresql, cisco-ios');
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) refuse(`A format is named in lower case with hyphens, such as cisco-ios; \`${name}\` is not`);
const folder = `server/src/formats/${name}`;
if (existsSync(root + folder)) refuse(`There is a format ${name} already: ${folder}`);
const notations = readdirSync(`${root}server/src/notations`).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3)).sort();
const fence = '```';

const files = {
  'index.ts': `import { Channel } from '#concepts/channel.js';
import { format, lowering } from '#engine/format.js';
import { parseDirectives, type Dialect, type Directives } from '#notations/directives.js';

/** How the product writes a line. The notations there are: ${notations.join(', ')}. */
const dialect: Dialect = { comment: '#', trailingComments: false, assignment: 'space', separator: ' ' };

export default format<Directives>({
  title: '${name}',
  files: ['**/${name}.conf'],
  parse: (text) => parseDirectives(text, dialect),
  comments: (file) => file.comments,
  comment: (text) => \`# \${text}\`,
  // A lowering for each concept the product can state; server/src/concepts lists them. One fact for each listener here.
  facts: [lowering(Channel, () => [])],
});
`,
  [`${name}.md`]: `# ${name}

The grammar that matters, the versions, and where each default is documented.

| text | fact |
|---|---|
`,
  'pages/encrypt-transmission.md': `## Caught

${fence}${name}
# A file of ${name} that lets data travel in clear.
${fence}

## Allowed

${fence}${name}
# The same file with encryption.
${fence}
`,
};
for (const [file, text] of Object.entries(files)) {
  mkdirSync(`${root}${folder}/pages`, { recursive: true });
  writeFileSync(`${root}${folder}/${file}`, text);
  console.log(`${folder}/${file}`);
}
console.log(`
It compiles, and the tests of its page fail with "nothing is caught" until the examples and the facts say something.
1. Write the examples of pages/encrypt-transmission.md, or the page of another rule of server/src/rules in its place.
2. Make index.ts read them: recognition, dialect, facts. server/src/formats/mosquitto is one that is complete.
3. npm test -- --quick --accept writes what is found into the pages; read the difference.`);
