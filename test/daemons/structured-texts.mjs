// @ts-check
import { writeFileSync } from 'node:fs';
import { lastLine, run } from './support.mjs';

/** What each format is to a reader that knows nothing of the product. */
const kinds = {
  yaml: ['hapi-fhir', 'home-assistant', 'esphome', 'greengrass', 'kubernetes', 'docker-compose'],
  json: ['iot-edge', 'intune', 'android-policy', 'ms-fhir', 'mbed', 'aws-iot-policy'],
  properties: ['mirth-properties', 'openmrs'],
};

/** Prints what the second of two files lost and gained against the first: every value with the names that lead to it. */
const reader = `
import collections, json, re, sys
kind, before, after = sys.argv[1:]

def documents(path):
    text = open(path, encoding='utf-8').read()
    if kind == 'json':
        # What configures a program on .NET may hold comments.
        return [json.loads(re.sub(r'^[ ]*//.*$', '', text, flags=re.MULTILINE))]
    if kind == 'properties':
        import javaproperties
        # A name that stands twice counts twice.
        return [[{name: value} for name, value in javaproperties.loads(text, object_pairs_hook=list)]]
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
        yield path + ' = ' + json.dumps(node)

def counted(path):
    return collections.Counter(leaf for document in documents(path) for leaf in leaves(document))

one, other = counted(before), counted(after)
print(json.dumps([list((one - other).elements()), list((other - one).elements())]))
`;

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

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'PyYAML, json, javaproperties',
  formats: Object.values(kinds).flat(),
  packages: ['python3', 'python3-yaml', 'python3-javaproperties'],
  present: () => run('/usr/bin/python3', ['-c', 'import yaml, javaproperties']).status === 0,
  async accepts(stage, files, format, before) {
    const kind = Object.entries(kinds).find(([, formats]) => formats.includes(format))?.[0] ?? '';
    for (const [i, { text }] of files.entries()) {
      const old = before[i]?.text ?? '';
      const [one, other] = ['before', 'after'].map((name) => stage.path(name));
      writeFileSync(/** @type {string} */ (one), old);
      writeFileSync(/** @type {string} */ (other), text);
      const { status, stdout, output } = run('/usr/bin/python3', ['-c', reader, kind, /** @type {string} */ (one), /** @type {string} */ (other)]);
      if (status !== 0) return `is not read: ${lastLine(output)}`;
      /** @type {[string[], string[]]} */
      const [lost, gained] = JSON.parse(stdout);
      if (text !== old && lost.length + gained.length === 0) return 'reads the same before and after the fix';
      const [from, to] = [ownLines(old, text), ownLines(text, old)];
      if (lost.length > capacity(from) || gained.length > capacity(to)) return `changes more than its lines: ${[...lost.map((leaf) => `-${leaf}`), ...gained.map((leaf) => `+${leaf}`)].slice(0, 6).join('; ')}`;
    }
    return undefined;
  },
  refuses: Object.fromEntries([
    ...kinds.yaml.map((format) => [format, 'a: [1\n']), ...kinds.json.map((format) => [format, '{ "a": }\n']), ...kinds.properties.map((format) => [format, 'a = \\u12\n']),
  ]),
};
