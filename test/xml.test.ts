/** Reading again after an edit gives what reading the whole text would have given, and costs what the edit touches. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { everyElement, parseXml, type Xml } from '#notations/xml.js';
import { numbers } from './support/numbers.js';
import { processorTime } from './support/processor-time.js';

/** Everything a format can see of a file. */
function seen(file: Xml): unknown {
  const elements = [...everyElement(file.root)].map(({ name, span, tag, content, selfClosing, attributes, parent }) => [
    name, span, tag, content, selfClosing, attributes, parent?.span,
  ]);
  return { elements, comments: file.comments };
}

const whole = `<?xml version="1.0"?>
<!-- export -->
<list>
  <channel version="4.5.2" note='a "b" c'>
    <name>ADT &amp; ORU</name><empty/>
    <!-- kept <b> here -->
    <script><![CDATA[if (a < b) { </script> }]]></script>
    <properties><host>0.0.0.0</host><port>6661</port></properties>
  </channel>
  <channel><name>two</name><properties><a><b><c>deep</c></b></a></properties></channel>
</list>
`;
const pieces = [
  '<', '>', '/', '</', '<a>', '</a>', '<!--', '-->', '<![CDATA[', ']]>', '"', '=', 'x', '<channel>', '</channel>', '</list>', '<list>', '<host/>',
  '\n', ' ', '<?', '<!',
];

test('an edit anywhere reads as the whole text does', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const next = numbers(seed);
    let text = whole;
    let file = parseXml(text);
    for (let edit = 0; edit < 8; edit++) {
      const at = next(text.length + 1);
      const gone = next(3) === 0 ? next(12) : 0;
      const piece = next(4) === 0 ? '' : pieces[next(pieces.length)]!;
      text = text.slice(0, at) + piece + text.slice(at + gone);
      file = parseXml(text, file);
      assert.deepEqual(seen(file), seen(parseXml(text)), `seed ${seed}, edit ${edit}: ${JSON.stringify(text)}`);
    }
  }
});

test('a keystroke in a file of 2 MB costs less than a tenth of reading it', () => {
  const steps = '<step><name>field</name><enabled>true</enabled><script>var a = 1;</script></step>'.repeat(60);
  const channel = `<channel version="4.5.2"><name>a</name>${steps}</channel>\n`;
  const text = `<list>\n${channel.repeat(410)}</list>\n`;
  assert.ok(text.length > 1_900_000);
  const at = text.indexOf('field', text.length / 2);
  const fastest = (run: () => unknown) => Math.min(...Array.from({ length: 7 }, () => {
    const before = processorTime();
    run();
    return before();
  }));
  const file = parseXml(text);
  const typed = `${text.slice(0, at)}x${text.slice(at)}`;
  assert.deepEqual([...everyElement(parseXml(typed, file).root)].length, [...everyElement(file.root)].length);
  assert.ok(fastest(() => parseXml(typed, file)) * 10 < fastest(() => parseXml(typed)), 'an edit reads too much');
});

test('unbalanced depth stays linear', () => {
  const deep = (levels: number) => `${'<a>'.repeat(levels)}x${'</a>'.repeat(levels)}`;
  const before = deep(40_000);
  const file = parseXml(before);
  const broken = before.replace('x', '<b></c>');
  const started = processorTime();
  assert.deepEqual([...everyElement(parseXml(broken, file).root)].length, 40_002);
  assert.ok(started() < 2000);
});
