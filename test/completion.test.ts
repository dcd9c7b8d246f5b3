/** Completion and explanations in `.hipaa-lint.yaml`, however broken it is, and in comments that record exceptions. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { configurationCompletions } from '#assistance/configuration-completion.js';
import { configurationHover } from '#assistance/configuration-hover.js';
import { exceptionComment } from '#assistance/exception-comment.js';
import { exceptionCompletions } from '#assistance/exception-completion.js';
import type { Completion } from '#assistance/completion.js';
import { configurationKeys, readConfiguration } from '#configuration/read.js';
import { policyNames } from '#configuration/configuration.js';
import { analyse } from '#engine/analysis.js';
import { exceptionFields, exceptionKinds, exceptionMarker } from '#engine/exceptions.js';
import { lint, undecided } from '#engine/lint.js';
import { policyFields } from '#engine/policy.js';
import { apply } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';
import { exampleTexts } from './support/workload.js';
import { processorTime } from './support/processor-time.js';

/** Splits a text at the mark `‸`, where the cursor is. */
function cursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('‸');
  return { text: marked.replace('‸', ''), offset };
}

function offered(marked: string): readonly Completion[] {
  const { text, offset } = cursor(marked);
  return configurationCompletions(text, offset);
}

const labels = (marked: string) => offered(marked).map(({ label }) => label);
const rules = [...registry.rules.keys()];
const itemLabel = '- rule, files, kind, because, by';

/** The text after one of the words offered is taken. */
function taken(marked: string, label: string): string {
  const { text } = cursor(marked);
  const completion = offered(marked).find((one) => one.label === label);
  assert.ok(completion, `${label} is not offered in ${JSON.stringify(marked)}: ${labels(marked).slice(0, 20)}`);
  return apply(text, [{ ...completion.span, text: completion.text }]);
}

describe('completion in .hipaa-lint.yaml', () => {
  test('the keys of the file, and those of a map that are not there yet', () => {
    assert.deepEqual(labels('‸'), configurationKeys);
    assert.deepEqual(labels('policy:\n  tlsMinimum: 1.3\n\n‸\nscope: partial\n'), configurationKeys.filter((key) => key !== 'policy' && key !== 'scope'));
    assert.deepEqual(labels('policy:\n  ‸\n'), policyNames);
    assert.deepEqual(labels('policy:\n  idle‸\n  tlsMinimum: 1.3\nrules:\n'), policyNames.filter((name) => name !== 'tlsMinimum'));
    assert.deepEqual(labels('rules:\n  ‸'), rules);
  });

  test('a policy field says its meaning, unit, limits and source, and brings its default', () => {
    for (const completion of offered('policy:\n  ‸')) {
      const field: { default: unknown; unit: string; meaning: string; source: string; options?: readonly string[] } = policyFields[completion.label as keyof typeof policyFields];
      for (const part of [field.meaning, field.source,
        ...(field.options ? [] : [field.unit])]) assert.ok(completion.explanation?.includes(part), completion.explanation);
      assert.match(completion.detail!, new RegExp(`^default ${field.default}\\b`));
      assert.equal(completion.text, `${completion.label}: ${field.default}`);
      assert.deepEqual(readConfiguration(`policy:\n  ${completion.text}\n`).problems, []);
    }
    const [length] = offered('policy:\n  passwordLe‸');
    assert.equal(length?.snippet, 'passwordLength: ${1:14}');
    assert.equal(length.detail, 'default 14, 8 to 64');
    assert.equal(offered('policy:\n  ‸').find(({ label }) => label === 'passwordRotation')?.snippet, 'passwordRotation: ${1|periodic,on-compromise|}');
  });

  test('values: words of a choice, severities, formats, rules, kinds, and the default of a number', () => {
    assert.deepEqual(labels('policy:\n  tlsMinimum: ‸'), ['1.2', '1.3']);
    assert.deepEqual(labels('policy:\n  passwordLength: ‸'), ['14']);
    assert.deepEqual(labels('rules:\n  tls-version: o‸'), ['off', 'error', 'warning', 'info']);
    assert.deepEqual(labels("files:\n  'broker/*.txt': ‸"), [...registry.formats.keys(), 'none']);
    assert.equal(offered('files:\n  a.txt: ‸').find(({ label }) => label === 'mosquitto')?.explanation, registry.formats.get('mosquitto')!.title);
    assert.deepEqual(labels('exceptions:\n  - rule: enc‸'), rules);
    assert.equal(offered('exceptions:\n  - rule: ‸').find(({ label }) => label === 'tls-version')?.explanation, registry.rules.get('tls-version')!.title);
    assert.deepEqual(labels('exceptions:\n  - rule: tls-version\n    kind: "acc‸'), exceptionKinds);
    assert.deepEqual(labels('scope: ‸'), ['complete', 'partial']);
    assert.deepEqual(labels('scope:\n  com‸'), ['complete', 'partial']);
    assert.equal(taken('policy:\n  tlsMinimum:‸\n', '1.3'), 'policy:\n  tlsMinimum: 1.3\n');
    assert.equal(taken("rules:\n  tls-version: 'in‸fo'\n", 'off'), "rules:\n  tls-version: 'off'\n");
  });

  test('an exception, its fields, and those it lacks', () => {
    const fields = ['rule', 'files', 'kind', 'because', 'by', 'until', 'measure', 'ticket'];
    assert.deepEqual([...fields].sort(), [...exceptionFields, 'files'].sort());
    for (const marked of ['exceptions:\n  - ‸', 'exceptions:\n- ru‸', 'exceptions:\n  -   ‸\n']) assert.deepEqual(labels(marked), fields, marked);
    assert.deepEqual(labels('exceptions:\n  - rule: tls-version\n    ‸\n    by: A. Officer\n  - kind: false-positive\n'), fields.filter((field) => field !== 'rule' && field !== 'by'));
    assert.deepEqual(labels('exceptions:\n  ‸'), [itemLabel]);
    assert.deepEqual(labels('exceptions:\n  - rule: tls-version\n  ‸'), [itemLabel]);
    const whole = 'exceptions:\n  - rule: \n    files: \n    kind: \n    because: \n    by: ';
    assert.equal(taken('exceptions:\n  ‸', itemLabel), whole);
    assert.equal(taken('exc‸', 'exceptions'), whole);
    assert.equal(taken('scope: partial\r\nexc‸\r\n', 'exceptions'), `scope: partial\r\n${whole}\r\n`.replace(/\r?\n/g, '\r\n'));
    assert.match(offered('exceptions:\n  ‸')[0]!.snippet, /^- rule: \$\{1:\}\n    files: \$\{2:\}\n    kind: \$\{3\|accepted-risk,false-positive,alternative-measure\|\}\n/);
  });

  test('a key that has its colon is replaced alone', () => {
    assert.equal(taken('pol‸cy:\n  tlsMinimum: 1.3\n', 'policy'), 'policy:\n  tlsMinimum: 1.3\n');
    assert.equal(taken('policy:\n  password‸: 15\n', 'passwordLength'), 'policy:\n  passwordLength: 15\n');
    assert.equal(taken('exceptions:\n  - "‸": tls-version\n', 'rule'), 'exceptions:\n  - "rule": tls-version\n');
  });

  test('what is half typed or broken around it does not matter', () => {
    for (const marked of [
      'policy:\n  tlsMinimum 1.3\n  ‸', 'policy:\n  tlsMinimum: "1.3\n  idle‸', 'rules: [unclosed\npolicy:\n  ‸',
      'policy:\n  tlsMinimum: {\n  ‸\nrules: ]\n', '"a\npolicy:\n  ‸',
      'exclude:\n  - a\n  -\npolicy:\n  ‸', 'exceptions:\n  - because: |\n      rule: this is text\n        policy:\n    by: A\npolicy:\n  ‸',
      '%YAML 1.2\n---\npolicy:\n  ‸', '\ufeff# first\n\n\npolicy: # second\n    ‸',
      'policy:\r  ‸\rrules:\r', 'policy:\r\n  tlsMinimum: 1.3\r\n  ‸\r\n', '*alias\n&anchor\n!tag x\npolicy:\n  ‸',
    ]) assert.ok(labels(marked).includes('idleLimit'), `${JSON.stringify(marked)}: ${labels(marked).slice(0, 9)}`);
  });

  test('nothing where nothing of ours can stand', () => {
    for (const marked of [
      '# pol‸', 'policy: # ‸', 'policy:\n  # pass‸', 'policy: { pass‸ }', 'exclude: [‸]', 'exclude:\n  - ‸', 'exceptions:\n  - because: ‸',
      'exceptions:\n  - because: >\n      rule: ‸\n',
      'exceptions:\n  - because: The pumps\n      speak no ‸', 'policy:\n  tlsMinimum: 1.3\n ‸', 'policy:\n  tlsMinimum: 1.3\n      ‸',
      'policy:\n  tlsMinimum: 1.3   ‸', ' ‸ policy:', 'policy  ‸:', 'unknown:\n  ‸',
      'constructor:\n  ‸', 'rules:\n  __proto__: ‸', 'policy:\n  toString: ‸', '  -‸', 'rules:\n  tls-version: &a o‸', 'exceptions:\n  - |\n    rule: ‸',
    ]) assert.deepEqual(labels(marked), [], marked);
  });

  const good = `policy:
  passwordLength: 15
  tlsMinimum: 1.3
rules:
  tls-version: off
exclude:
  - archive/
files:
  'broker/*.txt': mosquitto
exceptions:
  - rule: encrypt-transmission
    files: wards/east/**
    kind: alternative-measure
    because: The pumps of 2011 speak no TLS
    measure: They stand in a VLAN of their own
    by: A. Officer
    until: 2027-03-31
scope: complete
`;

  test('whatever is cut off or taken out, what is offered replaces a part of the line around the cursor', () => {
    const lines = good.split('\n');
    const texts = [good, good.replaceAll('\n', '\r\n'), ...lines.map((_, i) => lines.filter((__, at) => at !== i).join('\n')),
      ...lines.map((_, i) => lines.slice(0, i).join('\n'))];
    let some = 0;
    for (const text of texts) {
      for (let offset = 0; offset <= text.length; offset++) {
        for (const whole of [text, text.slice(0, offset)]) {
          for (const { span } of configurationCompletions(whole, offset)) {
            some++;
            assert.ok(span.start <= offset && offset <= span.end && span.end <= whole.length && !/[\r\n]/.test(whole.slice(span.start, span.end)), `${offset} of ${JSON.stringify(whole)}`);
          }
          configurationHover(whole, offset);
        }
      }
    }
    assert.ok(some > 10_000, String(some));
  });

  test('a word that is taken where a whole line is missing makes no new fault but a value to fill in', () => {
    const lines = good.split('\n');
    for (const [i, line] of lines.entries()) {
      const indent = /^ *(- )?/.exec(line)![0];
      const marked = [...lines.slice(0, i), `${indent}‸`, ...lines.slice(i + 1)].join('\n');
      const faults = (text: string) => readConfiguration(text).problems.filter(({ message }) => /` is not a|not YAML/.test(message)).map(({ message }) => message);
      const before = new Set(faults(cursor(marked).text));
      for (const { label, text } of offered(marked).filter((one) => !rules.includes(one.label) || one.label === 'tls-version')) {
        const filled = marked.replace('‸', text.replace(/: $/gm, ': x').replace(/\n *$/, ''));
        assert.deepEqual(faults(filled).filter((fault) => !before.has(fault)), [], `${label} in line ${i + 1}`);
      }
    }
  });

  test('long and deep files take linear time', () => {
    for (const bomb of ['- '.repeat(100_000), 'a: '.repeat(100_000), `${' '.repeat(500_000)}a`, 'a:\n'.repeat(100_000),
      Array.from({ length: 1300 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), '"'.repeat(300_000), '#'.repeat(300_000), ': '.repeat(200_000), '\r'.repeat(300_000), 'x'.repeat(2_000_000)]) {
      const since = processorTime();
      configurationCompletions(bomb, bomb.length);
      configurationHover(bomb, bomb.length >> 1);
      assert.ok(since() < 1500, `${JSON.stringify(bomb.slice(0, 20))} took ${since()} ms`);
    }
  });
});

describe('hovering in .hipaa-lint.yaml', () => {
  const hover = (marked: string) => {
    const { text, offset } = cursor(marked);
    const found = configurationHover(text, offset);
    return found && { plain: found.plain, markdown: found.markdown, over: text.slice(found.span.start, found.span.end) };
  };

  test('explains a policy field from its key and from its value', () => {
    for (const marked of ['policy:\n  idle‸Limit: 600', 'policy:\n  idleLimit: 6‸00']) {
      const found = hover(marked);
      assert.match(found!.plain, /^idleLimit\nLongest time .* In seconds\. Source: .*\ndefault 900, 60 to 86400$/);
      assert.match(found!.markdown, /^\*\*idleLimit\*\*\n\n/);
    }
    assert.match(hover('policy:\n  tlsMin‸imum: 1.2')!.plain, /1\.2, 1\.3\ndefault 1\.2$/);
  });

  test('explains a rule wherever it is named, with its safeguard and the way to its page', () => {
    for (const marked of ['rules:\n  tls-‸version: off', "exceptions:\n  - rule: 'tls-version‸'"]) {
      const found = hover(marked)!;
      assert.equal(found.over, 'tls-version');
      assert.match(found.plain, /^Old TLS versions are refused \(tls-version\)\n.*\n45 CFR 164\.312\(e\)\(2\)\(ii\)/);
      assert.match(found.markdown, /\(hipaa-lint-rule:\/tls-version\.md\)/);
    }
  });

  test('explains formats, kinds and fields, and nothing else', () => {
    assert.equal(hover('files:\n  a.txt: mosq‸uitto')!.plain, 'mosquitto\nEclipse Mosquitto');
    assert.match(hover('exceptions:\n  - ki‸nd: accepted-risk')!.plain, /^kind\n.*164\.306\(d\)\(3\)/);
    assert.match(hover('sco‸pe:')!.plain, /^scope\nWhether you declare/);
    for (const marked of ['files:\n  tls-‸version: mosquitto', '# tls-‸version', 'polcy‸: 1', 'rules:\n  no-such-‸rule: off', '‸',
      'exclude: [tls-‸version]']) assert.equal(hover(marked), undefined, marked);
  });

  test('what the file says has no meaning in Markdown', () => {
    assert.ok(!hover('files:\n  a.txt: "[a](http://b)‸"')?.markdown.includes('[a]('));
  });
});

describe('comments that record exceptions', () => {
  const inFile = (name: string, marked: string) => {
    const { text, offset } = cursor(marked);
    const analysis = analyse(name, registry.formats.get(name)!, 'example', text);
    return exceptionCompletions(analysis, lint(analysis, registry), offset);
  };
  const names = (name: string, marked: string) => inFile(name, marked).map(({ label }) => label);

  test('the rules with findings where the comment reaches', () => {
    assert.deepEqual(names('mosquitto', '# a broker\n\nlistener 1884\n# hipaa-lint allow ‸\nlistener 1883\nallow_anonymous true\n'), ['encrypt-transmission']);
    assert.deepEqual(names('mosquitto', 'listener 1883\n# hipaa-lint allow ano‸\nallow_anonymous true\n'), ['anonymous-access']);
    assert.deepEqual(names('sshd', 'Port 22\nPermitRootLogin yes # hipaa-lint allow ‸\n'), ['root-login']);
    assert.ok(names('kubernetes', 'kind: Pod\napiVersion: v1\nspec:\n  containers:\n    - name: a\n      securityContext:\n        privileged: true # hipaa-lint allow ‸\n').includes('no-privileged'));
  });

  test('in every format whose notation has comments', () => {
    let some = 0;
    for (const [name, format] of registry.formats) {
      if (!format.comment) continue;
      for (const text of exampleTexts(name).slice(0, 8)) {
        const analysis = analyse(name, format, 'example', text);
        const [finding] = lint(analysis, registry).findings;
        const edit = finding && exceptionComment(analysis, finding, 'accepted-risk', { ...undecided, today: '2026-01-01' });
        if (!edit) continue;
        const typed = edit.text.replace(/\S.*$/m, format.comment(`${exceptionMarker} x‸`));
        assert.ok(names(name, apply(text, [{ ...edit, text: typed }])).includes(finding.rule), `${finding.rule} in ${name}: ${text}`);
        some++;
      }
    }
    assert.ok(some > registry.formats.size, String(some));
  });

  test('then fields and kinds, with what is taken being an exception in force', () => {
    const file = (comment: string) => `# hipaa-lint allow encrypt-transmission ${comment}\nlistener 1883\n`;
    assert.deepEqual(names('mosquitto', file('‸')), exceptionFields.filter((field) => field !== 'rule'));
    assert.deepEqual(names('mosquitto', file('kind=accepted-risk be‸ by="A"')), ['because', 'until', 'measure', 'ticket']);
    assert.deepEqual(names('mosquitto', file('kind=acc‸')), exceptionKinds);
    assert.equal(inFile('mosquitto', file('b‸')).find(({ label }) => label === 'because')?.snippet, 'because="${1:}"');
    for (const comment of ['because="‸', 'because="the ki‸', 'because="a" until=2027‸',
      'because="a"‸']) assert.deepEqual(names('mosquitto', file(comment)), [], comment);
  });

  test('an endless line takes no longer than others', () => {
    const since = processorTime();
    assert.deepEqual(names('mosquitto', `# hipaa-lint allow ${'x'.repeat(1_000_000)} ‸\nlistener 1883\n`), []);
    assert.ok(since() < 3000, `${since()} ms`);
  });

  test('nothing outside of such a comment', () => {
    for (const marked of ['# hipaa-lint allow‸\nlistener 1883\n', '# hipaa-lint ‸\nlistener 1883\n', 'listener 1883 ‸\n',
      'topic hipaa-lint allow ‸\nlistener 1883\n', '# hipaa-lint allow x\nlistener 1883‸\n']) {
      assert.deepEqual(names('mosquitto', marked), [], marked);
    }
  });
});
