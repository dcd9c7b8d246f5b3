// @ts-check
/** Another reader of common notations: it says what a fix changed, without knowing the product. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packages } from './support.mjs';

/** Where readers from the Python package index stay. */
export const library = join(packages, 'python');

// Every value with the names that lead to it; what two texts have in common is left out.
const reader = `
import collections, json, re, sys
sys.path.append(sys.argv[1])

def documents(kind, text):
    if kind == 'json':
        # What configures a program on .NET may hold comments.
        return [json.loads(re.sub(r'^[ ]*//.*$', '', text, flags=re.MULTILINE))]
    if kind == 'properties':
        import javaproperties
        # A name that stands twice counts twice.
        return [[{name: value} for name, value in javaproperties.loads(text, object_pairs_hook=list)]]
    if kind == 'ldif':
        import io, ldif
        records = ldif.LDIFRecordList(io.BytesIO(text.encode()))
        records.parse()
        return [{dn: {name: [value.decode() for value in values] for name, values in entry.items()}} for dn, entry in records.all_records]
    if kind == 'hcl':
        import hcl2
        return [hcl2.loads(text)]
    if kind == 'hocon':
        import pyhocon
        return [pyhocon.ConfigFactory.parse_string(text, resolve=False)]
    import yaml
    class Loader(yaml.SafeLoader):
        pass
    # The tags of a product stand for values that it fills in.
    Loader.add_multi_constructor('!', lambda loader, tag, node: '!' + tag + ' ' + str(node.value))
    Loader.yaml_implicit_resolvers = {}
    return list(yaml.load_all(text, Loader))

def leaves(node, path=''):
    if isinstance(node, dict) and node:
        for name, value in node.items():
            yield from leaves(value, path + '/' + str(name))
    elif isinstance(node, list) and node:
        for value in node:
            yield from leaves(value, path + '/*')
    else:
        yield path + ' = ' + json.dumps(node, default=str)

def counted(kind, text):
    return collections.Counter(leaf for document in documents(kind, text) for leaf in leaves(document))

for line in sys.stdin:
    kind, before, after = json.loads(line)
    try:
        one, other = counted(kind, before), counted(kind, after)
        print(json.dumps({'lost': list((one - other).elements()), 'gained': list((other - one).elements())}), flush=True)
    except Exception as error:
        print(json.dumps({'problem': type(error).__name__ + ': ' + str(error).strip().split('\\n')[0]}), flush=True)
`;

/** @typedef {{ problem: string } | { lost: string[], gained: string[] }} Answer */

/** @type {((request: readonly string[]) => Promise<Answer>) | undefined} */
let asking;

/** One process for all questions of a worker: to load a grammar takes longer than to use it. It ends when its input does. */
function begin() {
  const child = spawn('/usr/bin/python3', ['-c', reader, library], { stdio: ['pipe', 'pipe', 'inherit'] });
  let heard = '';
  /** @type {((answer: Answer) => void) | undefined} */
  let take;
  child.stdout.on('data', (chunk) => {
    heard += chunk;
    if (!heard.endsWith('\n')) return;
    take?.(JSON.parse(heard));
    heard = '';
  });
  child.on('exit', () => take?.({ problem: 'the reader ended' }));
  return (/** @type {readonly string[]} */ request) =>
    new Promise((/** @type {(answer: Answer) => void} */ done) => {
      const timer = setTimeout(() => take?.({ problem: 'the reader says nothing' }), 20_000);
      take = (answer) => {
        clearTimeout(timer);
        done(answer);
      };
      child.stdin.write(`${JSON.stringify(request)}\n`);
    });
}

/** The lines of one text that the other has not. @param {string} text @param {string} other */
function ownLines(text, other) {
  const left = other.split('\n');
  return text.split('\n').filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0 && line.trim() !== '';
  });
}

/** How many values lines can hold: one each, and one more behind each comma of a list in a line. @param {readonly string[]} lines */
const capacity = (lines) => lines.reduce((sum, line) => sum + 1 + (line.match(/,(?=.*\S)/g) ?? []).length, 0);

/**
 * Whether both texts are read, differ to the reader, and differ in no more than what their different lines hold.
 * @param {'json' | 'yaml' | 'properties' | 'ldif' | 'hcl' | 'hocon'} kind @param {string} before @param {string} after @returns {Promise<string | undefined>}
 *   what is wrong
 */
export async function changesItsLines(kind, before, after) {
  asking ??= begin();
  const answer = await asking([kind, before, after]);
  if ('problem' in answer) return `is not read: ${answer.problem}`;
  const { lost, gained } = answer;
  if (after !== before && lost.length + gained.length === 0) return 'reads the same before and after the fix';
  if (lost.length <= capacity(ownLines(before, after)) && gained.length <= capacity(ownLines(after, before))) return undefined;
  return `changes more than its lines: ${[...lost.map((leaf) => `-${leaf}`), ...gained.map((leaf) => `+${leaf}`)].slice(0, 6).join('; ')}`;
}
