/** Templates and samples of known files: recognised by what they make, read for what stands outside of holes, and no fix where one is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alone, analyse } from '#engine/analysis.js';
import { lint } from '#engine/lint.js';
import { recogniser } from '#engine/recognise.js';
import { madeOf, templateIn } from '#engine/template.js';
import { registry } from '#registry/registry.generated.js';
import { processorTime } from './support/processor-time.js';

const recognise = recogniser(registry.formats);
const said = (path: string, text: string) => {
  const format = recognise(path, () => text);
  if (format === undefined) return undefined;
  const { findings, unresolved } = lint(analyse(format, registry.formats.get(format)!, path, text, alone), registry);
  return {
    format,
    found: findings.map(({ rule, span }) => `${rule} ${text.slice(0, span.start).split('\n').length}`),
    open: unresolved.map(({ rule, because }) => `${rule}: ${because}`),
    fixable: findings.filter(({ fix }) => fix && fix.edits().length > 0).map(({ rule }) => rule),
  };
};

test('a template is of the format of what it makes', () => {
  const made: readonly (readonly [path: string, text: string, format: string | undefined])[] = [
    ['roles/broker/templates/mosquitto.conf.j2', 'listener 1883\n', 'mosquitto'],
    ['templates/sshd_config.erb', 'PermitRootLogin no\n', 'sshd'],
    ['docker-compose.yml.example', 'services:\n  a:\n    image: x:1\n', 'docker-compose'],
    ['orthanc.json.tmpl.dist', '{ "DicomAet": "A" }', 'orthanc'],
    ['hostapd.conf.template', 'interface=wlan0\nssid=a\nwpa=2\n', 'hostapd'],
    ['Makefile.in', 'all:\n', undefined],
    ['notes.txt.j2', 'x', undefined],
    ['.j2', 'x', undefined],
  ];
  for (const [path, text, format] of made) assert.equal(recognise(path, () => text), format, path);
  assert.equal(madeOf('a/mosquitto.conf'), undefined);
});

test('what the user decided for a template counts', () => {
  const decided = recogniser(registry.formats, [['**/*.j2', 'none'], ['**/*.erb', 'nginx']]);
  assert.equal(decided('mosquitto.conf.j2', () => 'listener 1883\n'), undefined);
  assert.equal(decided('mosquitto.conf.erb', () => 'listener 1883\n'), 'nginx');
});

test('holes cannot be told, what stands beside them can', () => {
  const plain = said('mosquitto.conf.j2', 'listener 1883\nallow_anonymous true\npassword_file {{ file }}\n')!;
  assert.ok(plain.found.includes('anonymous-access 2'), plain.found.join());
  const filled = said('mosquitto.conf.j2', 'listener 1883\nallow_anonymous {{ anonymous }}\n')!;
  assert.ok(!filled.found.some((one) => one.startsWith('anonymous-access')), filled.found.join());
  const conditional = said('mosquitto.conf.erb', 'listener 1883\n<% if @open -%>\nallow_anonymous true\n<% end -%>\n')!;
  assert.ok(!conditional.found.some((one) => one.startsWith('anonymous-access')), conditional.found.join());
  assert.ok(conditional.open.includes('anonymous-access: a template decides whether it is stated'), conditional.open.join());
  const json = said('orthanc.json.j2', '{ "DicomAet": "{{ aet }}", "DicomPort": {{ port }}, "RemoteAccessAllowed": true, "AuthenticationEnabled": false }')!;
  assert.ok(json.found.includes('anonymous-access 1'), json.found.join());
});

test('a secret that is filled in is none, and one of a sample may be an example', () => {
  const filled = said('hostapd.conf.template', 'interface=wlan0\nssid=${SSID}\nwpa=2\nwpa_key_mgmt=WPA-PSK\nwpa_passphrase=${PSK}\n')!;
  assert.ok(!filled.found.some((one) => one.startsWith('cleartext-secret')), filled.found.join());
  const sample = said('hostapd.conf.sample', 'interface=wlan0\nssid=ward\nwpa=1\nwpa_key_mgmt=WPA-PSK\nwpa_passphrase=heron-and-tide\n')!;
  assert.ok(!sample.found.some((one) => one.startsWith('cleartext-secret')), sample.found.join());
  assert.ok(sample.open.some((one) => one.startsWith('cleartext-secret: the file is there to be copied')), sample.open.join());
  assert.ok(sample.found.some((one) => one.endsWith(' 3')), sample.found.join());
});

test('the text keeps its length and its lines, in time linear in it', () => {
  const text = 'a {{ b }}\n{% if c %}\n d\n{% endif %}\n<%= e %>\n${F} $f @GG@ __H_I__ {{ never';
  const { text: masked, holes, conditional } = templateIn('x.j2', text)!;
  assert.equal(masked.length, text.length);
  assert.equal(masked.split('\n').length, text.split('\n').length);
  assert.equal(holes.length, 7);
  assert.equal(conditional.length, 1);
  assert.ok(masked.includes('$f') && masked.includes(' d\n'));
  for (const unit of ['{{', '<% if', '${A', '__A_', '{% if %}', '@A', '{{ x }}']) {
    const long = unit.repeat(Math.ceil(1_000_000 / unit.length));
    const start = processorTime();
    templateIn('x.j2', long);
    assert.ok(start() < 2000, `${unit} took ${start()} ms`);
  }
});
