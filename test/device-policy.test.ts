/** What the settings of a file come to for its device, over all payloads and sections, and the line that decides each. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { devicePolicyOf } from '#assistance/device-policy.js';
import { hoverAt } from '#assistance/hover.js';
import { analyse } from '#engine/analysis.js';
import { lint } from '#engine/lint.js';
import { recogniser } from '#engine/recognise.js';
import { LineIndex } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';

const recognise = recogniser(registry.formats);

function read(path: string, text: string) {
  const name = recognise(path, () => text);
  assert.ok(name, `${path} is of no format`);
  return analyse(name, registry.formats.get(name)!, path, text);
}

/** The rows as text: what, value, and the line or why there is none. */
function rows(path: string, text: string): readonly string[] {
  const lines = new LineIndex(text);
  return devicePolicyOf(read(path, text)).map(({ what, value, origin, span }) => `${what}: ${value} (${origin === 'stated' ? `line ${lines.position(span.start).line + 1}` : origin})`);
}

const payload = (type: string, settings: string) => `<dict>\n<key>PayloadType</key>\n<string>${type}</string>\n${settings}</dict>\n`;
const profile = (...payloads: readonly string[]) => `<plist version="1.0">\n<dict>\n<key>PayloadType</key>\n<string>Configuration</string>\n<key>PayloadContent</key>\n<array>\n${payloads.join('')}</array>\n</dict>\n</plist>\n`;
const passcode = 'com.apple.mobiledevice.passwordpolicy';

const twice = profile(
  payload(passcode, '<key>forcePIN</key>\n<true/>\n<key>minLength</key>\n<integer>4</integer>\n<key>maxInactivity</key>\n<integer>15</integer>\n'),
  payload(passcode, '<key>minLength</key>\n<integer>8</integer>\n<key>maxInactivity</key>\n<integer>5</integer>\n<key>maxFailedAttempts</key>\n<integer>8</integer>\n'),
  payload('com.apple.MCX.FileVault2', '<key>Enable</key>\n<string>On</string>\n'),
);

test('of two passcode payloads the strictest value counts, with its line', () => {
  const said = rows('ward.mobileconfig', twice);
  assert.ok(said.includes('Passcode: asked for (line 10)'), said.join('\n'));
  assert.ok(said.includes('Passcode length: 8 characters (line 20)'));
  assert.ok(said.includes('Locks when idle: after 5 minutes (line 22)'));
  assert.ok(said.includes('Storage: encrypted (line 30)'));
  assert.ok(said.includes('Passcodes such as 1234: accepted (default)'));
  assert.ok(said.includes('Locks after wrong passcodes: after 8 (line 24)'));
});

test('a signed profile says that it cannot be told, and nothing else', () => {
  const said = devicePolicyOf(read('ward.mobileconfig', '0\ufffd\u0007\u0006<plist><dict><key>PayloadType</key></dict></plist>'));
  assert.deepEqual(said.map(({ what, origin }) => [what, origin]), [['Passcode', 'open']]);
  assert.match(said[0]!.value, /signed/);
});

test('policies in JSON are told the same way', () => {
  const android = rows('policy.json', '{\n  "passwordPolicies": [\n    {\n      "passwordQuality": "NUMERIC_COMPLEX",\n      "passwordMinimumLength": 6\n    }\n  ],\n  "maximumTimeToLock": "120000"\n}\n');
  assert.deepEqual(android, ['Passcode: asked for (line 4)', 'Passcode length: 6 characters (line 5)', 'Kinds of character: 1 (line 4)', 'Passcodes such as 1234: refused (line 4)',
    'Erases itself after wrong passcodes: never (default)', 'Locks when idle: after 2 minutes (line 8)']);
  const intune = rows('policies/macs.json', '{\n  "@odata.type": "#microsoft.graph.macOSCompliancePolicy",\n  "passwordRequired": true,\n  "passwordExpirationDays": 60,\n  "storageRequireEncryption": true,\n  "firewallEnabled": true\n}\n');
  assert.deepEqual(intune, ['Passcode: asked for (line 3)', 'Passcode changes: every 60 days (line 4)', 'Storage: encrypted (line 5)', 'Firewall: on (line 6)']);
});

test('formats that decide nothing about a device have no policy', () => {
  assert.deepEqual(devicePolicyOf(read('/etc/security/pwquality.conf', 'minlen = 14\n')), []);
});

test('hovering the head of a payload or a setting that takes part shows the policy, other places do not', () => {
  const analysis = read('ward.mobileconfig', twice);
  const outcome = lint(analysis, registry);
  const over = (text: string) => hoverAt(outcome, twice, twice.indexOf(text) + 3, analysis);
  const head = over('<string>com.apple.MCX.FileVault2');
  assert.match(head!.plain, /What this file makes of the device\nPasscode: asked for \(line 10\)/);
  assert.match(head!.markdown, /\| Storage \| encrypted \| line 30 \|/);
  assert.equal(twice.slice(head!.span.start, head!.span.end), '<string>com.apple.MCX.FileVault2</string>');
  assert.match(over('<key>maxFailedAttempts')!.plain, /Passcode length: 8 characters \(line 20\)/);
  assert.equal(over('<string>Configuration'), undefined);
  assert.equal(over('<plist'), undefined);
});

test('the policy stands behind what was found at the same place, and without an analysis it is not there', () => {
  const text = profile(payload(passcode, '<key>forcePIN</key>\n<false/>\n'));
  const analysis = read('ward.mobileconfig', text);
  const outcome = lint(analysis, registry);
  const at = text.indexOf('<key>forcePIN') + 2;
  const plain = hoverAt(outcome, text, at, analysis)!.plain;
  assert.ok(plain.indexOf('password-required') >= 0 && plain.indexOf('password-required') < plain.indexOf('What this file makes of the device'));
  assert.doesNotMatch(hoverAt(outcome, text, at)!.plain, /What this file makes/);
});

test('text of the file has no meaning in the table', () => {
  const text = profile(payload('com.apple.screensaver', '<key>askForPassword</key>\n<string>| [x](y) |</string>\n'));
  const analysis = read('ward.mobileconfig', text);
  const markdown = hoverAt(lint(analysis, registry), text, text.indexOf('<string>com.apple.screensaver') + 3, analysis)!.markdown;
  assert.doesNotMatch(markdown, /\[x\]\(y\)/);
});

test('unrelated property lists and JSON of Graph or Android are of no format here', () => {
  const none: readonly (readonly [string, string])[] = [
    ['Info.plist', '<plist version="1.0"><dict><key>CFBundleIdentifier</key><string>org.example</string></dict></plist>'],
    ['launch.plist', '<plist version="1.0"><dict><key>Label</key><string>x</string><key>ProgramArguments</key><array/></dict></plist>'],
    ['policy.json', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}'],
    ['androidmanagement-v1.json', '{"discoveryVersion":"v1","schemas":{"Policy":{"properties":{"passwordPolicies":{"type":"array"},"playStoreMode":{"type":"string"}}}}}'],
    ['users.json', '{"@odata.type":"#microsoft.graph.user","displayName":"A"}'],
    ['methods.json', '{"@odata.type":"#microsoft.graph.fido2AuthenticationMethodConfiguration","state":"enabled"}'],
    ['openapi.json', '{"components":{"schemas":{"microsoft.graph.windows10CompliancePolicy":{"title":"windows10CompliancePolicy"}}}}'],
    ['settings.json', '{"settings":[{"id":"a"}]}'],
  ];
  for (const [path, text] of none) {
    const name = recognise(path, () => text);
    assert.ok(name === undefined || !['apple-profile', 'android-policy', 'intune'].includes(name), `${path} is taken for ${name}`);
  }
});

test('deep and broken text is read in time, and never throws', () => {
  for (const text of [`<plist>${'<dict><key>PayloadContent</key><array>'.repeat(20_000)}`, `{"settings":${'[{"settingDefinitionId":"a","children":'.repeat(20_000)}`, '<plist><dict><key>PayloadType', 'bplist00\u0000\u0001']) {
    for (const name of ['apple-profile', 'android-policy', 'intune']) {
      const analysis = analyse(name, registry.formats.get(name)!, 'x', text);
      assert.deepEqual(lint(analysis, registry).failures, []);
      devicePolicyOf(analysis);
    }
  }
});
