/** The YAML notation beyond its laws: what was not edited is not read again, hostile text is read in bounded time, templates and aliases are never values. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apply } from '#engine/text.js';
import { readBody, type Node } from '#notations/yaml-reader.js';
import { parseYaml, yamlComments, type Place, type Yaml } from '#notations/yaml.js';
import { processorTime } from './support/processor-time.js';

const root = (text: string) => parseYaml(text).documents[0]!.root;

/** Everything a tree says, with its places. */
function dump(yaml: Yaml): readonly unknown[] {
  return yaml.documents.map((document) => [...document.root.descend()].map((place: Place) => [place.name, place.kind, place.text, place.span, place.head, place.obscured, place.slot.raw]));
}

describe('documents', () => {
  const text = '# first\na: 1\n---\nb:\n  - c: 2\n    d: |\n      --- x\n...\n%YAML 1.2\n---\ne: "f"\n---\n';

  test('are cut at markers, with comments and directives before what they introduce', () => {
    assert.deepEqual(parseYaml(text).documents.map(({ start, end }) => text.slice(start, end)), ['# first\na: 1\n', '---\nb:\n  - c: 2\n    d: |\n      --- x\n...\n', '%YAML 1.2\n---\ne: "f"\n', '---\n']);
  });

  test('are taken from before when they did not change, and read the same', () => {
    let state = 7;
    const chance = (below: number) => (state = (state * 1103515245 + 12345) % 2147483648) % below;
    const snippets = ['\n', '-', '---\n', 'x: 1\n', '  ', '"', '{', '}', '{{ .Values.a }}', '{{- if .a }}', '{{- end }}', '#', '&a ', '*a', '<<: *a\n', '|\n', ':', '\t', '\r\n'];
    let now = text;
    let tree = parseYaml(now);
    for (let i = 0; i < 1500; i++) {
      const start = chance(now.length + 1);
      const edit = { start, end: Math.min(now.length, start + chance(3)), text: snippets[chance(snippets.length)]! };
      now = apply(now, [edit]).slice(0, 400);
      tree = parseYaml(now, tree);
      assert.deepEqual(dump(tree), dump(parseYaml(now)), JSON.stringify(now));
      for (const document of tree.documents) for (const place of document.root.descend()) {
        apply(now, place.put('y'));
        apply(now, place.get('new', 'child').put('y'));
        apply(now, place.remove());
      }
    }
  });

  test('that only moved keep what was read', () => {
    const before = parseYaml(text);
    const after = parseYaml(`z: 0\n---\n${text}`, before);
    assert.equal(after.documents.at(-1)!.body, before.documents.at(-1)!.body);
    assert.equal(after.documents[1]!.body === before.documents[0]!.body, false);
  });
});

describe('hostile text', () => {
  const hostile: Readonly<Record<string, string>> = {
    'open brackets': '['.repeat(200_000),
    'open braces': 'a: {'.repeat(50_000),
    'dashes': '- '.repeat(100_000),
    'levels': Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    'aliases of aliases': `a0: &a0 [x]\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`).join('\n')}`,
    'an alias of itself': 'a: &a\n  b: *a\n',
    'a merge of itself': 'a: &a\n  <<: *a\n  b: 1\n',
    'merges of merges': `a0: &a0 {k: 1}\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1}\n  <<: [${`*a${i}, `.repeat(9)}]`).join('\n')}`,
    'open templates': '{{ '.repeat(50_000),
    'open statements': 'a: {% if x %}\n'.repeat(20_000),
    'quotes': '"\n'.repeat(50_000),
    'control characters': Array.from({ length: 3000 }, (_, i) => String.fromCharCode(i)).join(''),
  };
  for (const [title, text] of Object.entries(hostile)) {
    test(title, () => {
      const started = processorTime();
      const yaml = parseYaml(text);
      let places = 0;
      for (const document of yaml.documents) for (const place of document.root.descend()) {
        void [place.text, place.head, place.kind];
        if (++places > 5000) break;
      }
      root(text).get('a40', 'k', 'b', 'b', 'b');
      yamlComments(yaml);
      assert.ok(started() < 4000, `${Math.round(started())} ms`);
    });
  }
});

describe('templates', () => {
  const chart = [
    '{{- if .Values.enabled }}', 'kind: Pod', 'spec:', '  replicas: {{ .Values.replicas }}', '  image: "{{ .Values.image }}:1"', '  hostNetwork: true', '  {{- with .Values.security }}', '  securityContext:',
    '    {{- toYaml . | nindent 4 }}', '  {{- end }}', '  containers:', '    - name: app', '      {{- if .Values.root }}', '      privileged: true', '      {{- end }}', '      env:', '        {{- include "env" . | nindent 8 }}', '{{- end }}', '',
  ].join('\n');
  const spec = root(chart).get('spec');

  test('leave the rest to be read', () => {
    assert.equal(root(chart).get('kind').text, 'Pod');
    assert.equal(spec.get('hostNetwork').slot.raw, 'true');
    assert.equal(spec.get('containers', 0, 'name').slot.raw, 'app');
  });

  test('are never a value', () => {
    for (const path of [['replicas'], ['image'], ['securityContext', 'runAsUser'], ['containers', 0, 'privileged'], ['containers', 0, 'env', 0]]) {
      const { raw, obscured } = spec.get(...path).slot;
      assert.equal(raw, undefined, path.join('.'));
      assert.ok(obscured, path.join('.'));
    }
  });

  test('leave an absent value absent where they write elsewhere', () => {
    assert.equal(spec.get('hostPID').obscured, undefined);
    assert.equal(spec.get('containers', 0, 'image').obscured, undefined);
  });
});

describe('anchors', () => {
  const text = 'x: &x\n  a: 1\n  n: {o: 2}\ny: *x\nz:\n  <<: *x\n  b: 3\nw: *nowhere\n';

  test('are read through aliases and merge keys', () => {
    assert.equal(root(text).get('y', 'a').slot.raw, '1');
    assert.equal(root(text).get('z', 'n', 'o').slot.raw, '2');
    assert.deepEqual(root(text).get('z').pairs.map(({ key }) => key), ['b', 'a', 'n']);
  });

  test('are not written through an alias; a merged value is stated anew', () => {
    assert.deepEqual(root(text).get('y', 'a').put('9'), []);
    assert.deepEqual(root(text).get('z', 'n', 'o').put('9'), []);
    assert.equal(apply(text, root(text).get('z', 'a').put('9')), text.replace('b: 3\n', 'b: 3\n  a: 9\n'));
  });

  test('that do not exist leave everything open', () => {
    assert.match(root(text).get('w').slot.obscured!, /nowhere/);
    assert.match(root(text).get('w', 'a').slot.obscured!, /nowhere/);
  });
});

describe('a pair or item', () => {
  const removed = (text: string, ...path: readonly (string | number)[]) => apply(text, root(text).get(...path).remove());
  test('is taken away with its lines', () => {
    assert.equal(removed('a: 1\nb:\n  c: 2 # n\n  d: |\n    x\ne: 3\n', 'b'), 'a: 1\ne: 3\n');
    assert.equal(removed('a: 1\nb:\n  c: 2 # n\n  d: |\n    x\ne: 3\n', 'b', 'c'), 'a: 1\nb:\n  d: |\n    x\ne: 3\n');
    assert.equal(removed('l:\n- a: 1\n  b: 2\n', 'l', 0, 'a'), 'l:\n- b: 2\n');
    assert.equal(removed('l:\n- a: 1\n- b: 2\n', 'l', 0), 'l:\n- b: 2\n');
    assert.equal(removed('l:\n- a: 1\n- b: 2\nz: 1\n', 'l', 1), 'l:\n- a: 1\nz: 1\n');
    assert.equal(removed('a: {b: 1, c: 2}\n', 'a', 'b'), 'a: {c: 2}\n');
    assert.equal(removed('a: {b: 1, c: 2}\n', 'a', 'c'), 'a: {b: 1}\n');
  });
  test('takes what it leaves empty with it', () => {
    assert.equal(removed('z: 1\na:\n  b:\n    - c\n', 'a', 'b', 0), 'z: 1\n');
    assert.equal(removed('a: 1\n', 'a'), '{}\n');
  });
  test('is added to a list', () => {
    const appended = (text: string, ...path: readonly (string | number)[]) => apply(text, root(text).get(...path).append('x'));
    assert.equal(appended('l:\n  - a # n\nz: 1\n', 'l'), 'l:\n  - a # n\n  - x\nz: 1\n');
    assert.equal(appended('l: [a]\n', 'l'), 'l: [a, x]\n');
    assert.equal(appended('l: []\n', 'l'), 'l: [x]\n');
    assert.equal(appended('l:\nz: 1\n', 'l'), 'l:\n  - x\nz: 1\n');
    assert.equal(appended('z: 1\n', 'l'), 'z: 1\nl:\n  - x\n');
    assert.equal(apply('l:\n- a: 1\n', root('l:\n- a: 1\n').get('l').append({ b: '2', c: ['3'] })), 'l:\n- a: 1\n- b: 2\n  c:\n    - 3\n');
  });
});

test('comments are found, also behind values, and not inside scalars', () => {
  const text = '# one\na: "# no" # two\nb: |\n  # no\n---\n# three\nc: {{ x }} # four\n';
  assert.deepEqual(yamlComments(parseYaml(text)).map(({ text: said }) => said.trim()), ['one', 'two', 'three', 'four']);
  for (const { start, end, text: said } of yamlComments(parseYaml(text))) assert.equal(text.slice(start + 1, end), said);
});

test('two insertions at one place exclude each other, so that no key is written twice', () => {
  const place = root('a:\n  b: 1\n').get('a');
  const edits = [...place.get('s', 'x').put('1'), ...place.get('s', 'y').put('2')];
  assert.equal(apply('a:\n  b: 1\n', edits), 'a:\n  b: 1\n  s:\n    x: 1\n');
});

describe('a long document', () => {
  const long = [
    '# head\n---\n# of the file\nx-base: &base\n  a: 1\n  list:\n  - b\n  - c: d\n\nservices:\n  web: # note\n    <<: *base\n    text: |\n      k: v\n\n      # no comment\n    folded: >+\n      a\n\n\n  "quoted key":\n    - one\n    -\n      two: 3\n    - - nested\n  db:\n# stray\n    image: "a\n      b"\n    flow: {a: 1,\n      b: [2]}\n  empty:\n  last: &l {}\nother:\n- 1\n- two\nref: *l\n',
    '- name: a\n  tasks:\n    - b: 1\n    - c: |\n        x\n# note\n- name: c\n  when: >-\n    a\n    b\n-\n  d: 1\n- e\n...\n',
    'a:\r\n  b:\r\n    c: 1\r\n  d: 2\r\ne: 3\r\n',
    'a:\n- b\n- c\nd:\n  - e\n',
    'Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    Name: !Sub "${A}-b"\n    List: !GetAtt [a, b]\n  Key: !Ref X\n',
    '? complex\n: value\nb: 1\n', 'a: {\n b: 1\n}\nc: 2\n', 'meta\nspec:\n  a: 1\n', '  a: 1\n  b:\n    c: 2\n', '- a\n  - b\n- c\n', '\ta: 1\nb: 2\n', 'a:\n  - b\n c: 1\n', '{a: 1}\n', 'text\n', 'a:\n  b\n  c\nd: &x\n  e: 1\nf: *x\n',
  ];
  // What of a text is broken depends on how it is cut.
  const shape = ({ broken: _, ...node }: Node): unknown => ({ ...node, ...(node.kind === 'map' && { pairs: node.pairs.map((pair) => ({ ...pair, value: shape(pair.value) })) }), ...(node.kind === 'list' && { items: node.items.map(shape) }) });

  for (const [i, text] of long.entries()) {
    test(`reads the same in parts as whole: ${i}`, () => {
      const parts = readBody(text, new Map(), 0);
      const whole = readBody(text, new Map(), Infinity);
      assert.deepEqual(shape(parts.root), shape(whole.root));
      assert.deepEqual([...parts.anchors].map(([name, node]) => [name, shape(node)]).sort(), [...whole.anchors].map(([name, node]) => [name, shape(node)]).sort());
    });
  }

  test('half-typed or short, loses the pair that is not finished and no other', () => {
    assert.equal(root('a:\n  q: "x\n  r: 2\nb: 1\n').get('b').text, '1');
    assert.equal(root('a:\n  q: "x\n  r: 2\nb: 1\n').get('a', 'r').text, '2');
    assert.equal(root('a: b: c\nd: 1\n').get('d').text, '1');
    for (const word of ['me', 'me:x', 'me:']) {
      const text = `services:\n  a: 1\n  ${word}\n    image: b\n  c: 2\n`;
      const { root: read } = readBody(text, new Map(), 0);
      assert.deepEqual(read.kind === 'map' && read.pairs[0]!.value.kind === 'map' && read.pairs[0]!.value.pairs.map(({ key }) => key).filter((key) => !key.startsWith('me')), ['a', 'c']);
    }
    assert.equal(root('spec:\n  template: {a: [\n  replicas: 1\nkind: Pod\n').get('kind').text, 'Pod');
  });

  test('costs the part an edit is in', () => {
    const text = `services:\n${Array.from({ length: 100 }, (_, i) => `  s${i}:\n    image: a/b:${i}\n    environment:\n      A: b${i}\n`).join('')}`;
    const before = readBody(text);
    const after = readBody(text.replace('A: b50', 'A: changed'), before.parts);
    assert.equal(before.parts.size, 100);
    const fresh = [...after.parts].filter(([part]) => !before.parts.has(part));
    assert.equal(fresh.length, 1);
    for (const [part, node] of after.parts) if (before.parts.has(part)) assert.equal(node, before.parts.get(part));
    // Also while the key of a part is being typed.
    for (const half of ['s50:x', 's5', 'work']) {
      const typing = readBody(text.replace('s50:', half), before.parts);
      assert.ok([...typing.parts].filter(([part]) => !before.parts.has(part)).length <= 1, half);
      assert.ok(typing.parts.size >= 98, half);
    }
  });
});
