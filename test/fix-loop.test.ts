/** Fixes that would go wrong: in the editor as on the command line the text stays as it is, and the reason is said. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { editsOf } from '#assistance/actions.js';
import { fixAll, fixOne } from '#assistance/fix-all.js';
import { soundEdits, together } from '#assistance/together.js';
import { analyse } from '#engine/analysis.js';
import { lint, undecided } from '#engine/lint.js';
import { apply, apart } from '#engine/text.js';
import { registry } from '#registry/registry.generated.js';

const analysed = (format: string, text: string) => analyse(format, registry.formats.get(format)!, 'x', text);

/** Two tables of which the first does not end, so that what is added to one is read as part of the other. */
const tables = `*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -j ACCEPT
COMMIT
*filter
:INPUT DROP [0:0]
-A INPUT -i lo -j ACCEPT
*filter
:INPUT ACCEPT [0:0]
-A INPUT -m limit --limit 2/min -j LOG
COMMIT
`;

describe('a text that was not read', () => {
  const broken: [format: string, text: string][] = [
    ['android-policy', '{\n  "name": "enterprises/ward/policies/bay",\n  "passwordPolicies": [\n    {\n      "passwordScope": "SCOPE_DEVICE",\n      "passwordQuality": "NUMERIC",\n      "m'],
    ['orthanc', '{ "Name": "ward", "DicomAet": "WARD" "RemoteAccessAllowed": true, "AuthenticationEnabled": false }'],
    ['apple-profile', '<plist version="1.0">\n<dict>\n\t<key>PayloadContent</key>\n\t<array>\n\t\t<dict>\n\t\t\t<key>PayloadType</key>\n\t\t\t<string>com.apple.mobiledevice.passwordpolicy</string>\n'
      + '\t\t\t<key>minLength</key>\n\t\t\t<integer>4</NUMBER>\n\t\t</dict>\n\t</array>\n</dict>\n</plist>\n'],
    ['app-control', '<SiPolicy xmlns="urn:schemas-microsoft-com:sipolicy">\n  <Rules>\n    <Rule>\n      <Option>Enabled:Audit Mode</Option>\n    </Rules>\n    </other>\n  </Rules>\n</SiPolicy>\n'],
  ];

  broken.push(
    ['terraform', 'resource "aws_db_instance" "ward" {\n  engine = "postgres"\nresource "aws_s3_bucket" "scans" {\n  bucket = "scans"\n'],
    ['docker-compose', 'services: : :\n  ehr:\n    image: ehr:1\n'],
    ['nanomq', 'auth {\n  allow_anonymous = true\n'],
    ['iptables', '*filter\n:INPUT ACCEPT [0:0]\n*nat\n'],
    ['intune', '{ "settings": [ { "settingDefinitionId": "com.apple.screensaver_askforpassword" "choiceSettingValue": '
      + '{ "value": "com.apple.screensaver_askforpassword_false" } } ] }'],
  );

  for (const [format, text] of broken) {
    test(`gets no fix as ${format}`, () => {
      const { findings, failures } = lint(analysed(format, text), registry);
      assert.deepEqual(failures, []);
      for (const { fix, rule } of findings) if (fix) assert.deepEqual(soundEdits(fix, text), [], rule);
      assert.deepEqual(fixAll(analysed(format, text), undecided, () => true), []);
    });
  }
});

describe('fixing all on save', () => {
  test('never lets a text grow, however often it is asked', () => {
    let now = tables;
    for (let save = 0; save < 5; save++) {
      const edits = fixAll(analysed('iptables', now), undecided, () => true);
      if (typeof edits !== 'string') now = apply(now, edits);
    }
    assert.ok(now.length < 2 * tables.length, `${tables.length} became ${now.length}`);
  });

  test('says why where fixes do not take', () => {
    const edits = fixAll(analysed('iptables', tables), undecided, () => true);
    const text = typeof edits === 'string' ? tables : apply(tables, edits);
    if (typeof edits === 'string') assert.match(edits, /its fixes/);
    else assert.ok(lint(analysed('iptables', text), registry).findings.length < lint(analysed('iptables', tables), registry).findings.length);
  });
});

describe('the edits of one fix', () => {
  const mail = 'hapi:\n  fhir:\n    fhir_version: R4\n    subscription:\n      email:\n        from: ward@clinic.example\n        host: mail.clinic.example\n';

  test('never overlap, even where two settings are added at one place', () => {
    const analysis = analysed('hapi-fhir', mail);
    const outcome = lint(analysis, registry);
    const finding = outcome.findings.find(({ rule, fix }) => rule === 'encrypt-transmission' && fix)!;
    const edits = fixOne(analysis, undecided, finding, outcome);
    assert.ok(typeof edits === 'object');
    for (const [i, one] of edits.entries()) for (const other of edits.slice(i + 1)) assert.ok(one.end <= other.start || other.end <= one.start);
    const all = fixAll(analysis, undecided, ({ rule }) => rule === 'encrypt-transmission');
    assert.ok(typeof all === 'object');
    assert.equal(apply(mail, all), `${mail}        startTlsEnable: true\n        startTlsRequired: true\n`);
    assert.deepEqual(editsOf({ do: 'fix', rule: finding.rule, message: finding.message, nth: 0 }, analysis, outcome, undecided), edits);
  });

  test('are those that can be made at once', () => {
    const overlapping = [{ start: 0, end: 2, text: 'x' }, { start: 1, end: 3, text: 'y' }, { start: 3, end: 9, text: '' }];
    assert.deepEqual(apart('abcd', overlapping), [overlapping[0]]);
    assert.deepEqual(soundEdits({ title: 't', safety: 'safe', edits: () => overlapping }, 'abcd'), [overlapping[0]]);
    assert.deepEqual(together([], 'abcd'), []);
  });
});
