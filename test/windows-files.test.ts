/** Files of Windows: which are recognised, and that an edit leaves every other byte as it was. */
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { recogniser } from '#engine/recognise.js';
import { encode } from '#hosts/workspace-files.js';
import { registry } from '#registry/registry.generated.js';
import { folder as made, hipaaLint, type Folder } from './support/command-line.js';
import { ask, fixed, pages } from './support/pages.js';

const open: Folder[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.remove();
});

const own = ['security-template', 'registry-file', 'windows-script', 'wlan-profile', 'applocker', 'unattend'];
const recognise = recogniser(registry.formats);

const driver = '[Version]\nSignature="$CHICAGO$"\nClass=Net\nProvider=%V%\n[Manufacturer]\n%V%=Models\n[DestinationDirs]\nDefaultDestDir=12\n[Registry Values]\nHKR,,X,,1\n';
const cases: readonly (readonly [title: string, path: string, text: string, format: string | undefined])[] = [
  ['a template of a group policy', 'SYSVOL/GptTmpl.inf', '[Unicode]\nUnicode=yes\n[System Access]\nMinimumPasswordLength = 8\n', 'security-template'],
  ['what secedit exports', 'backup/secpol.cfg', '[Unicode]\r\nUnicode=yes\r\n[Event Audit]\r\nAuditLogonEvents = 0\r\n', 'security-template'],
  ['the setup file of a driver', 'net/e1000.inf', driver, undefined],
  ['a setup file that runs at the start of a disc', 'autorun.inf', '[autorun]\nopen=setup.exe\n', undefined],
  ['a Python project', 'setup.cfg', '[metadata]\nname = a\n', undefined],
  ['a registry file with a policy', 'lock.reg', 'Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Lsa]\n"NoLMHash"=dword:00000001\n', 'registry-file'],
  ['one of file types', 'types.reg', 'Windows Registry Editor Version 5.00\n\n[HKEY_CLASSES_ROOT\\.txt]\n@="txtfile"\n', undefined],
  ['one of a game', 'game.reg', 'REGEDIT4\n\n[HKEY_CURRENT_USER\\Software\\Games\\Tetris]\n"Score"=dword:00000001\n', undefined],
  ['a register of something else', 'cpu.reg', 'eax 0x10\nebx 0x20\n', undefined],
  ['a Wi-Fi profile', 'Wi-Fi-Ward.xml', '<?xml version="1.0"?>\n<WLANProfile xmlns="http://www.microsoft.com/networking/WLAN/profile/v1">\n<name>a</name></WLANProfile>', 'wlan-profile'],
  ['an AppLocker policy', 'policy.xml', '<AppLockerPolicy Version="1" />', 'applocker'],
  ['an answer file', 'autounattend.xml', '<unattend xmlns="urn:schemas-microsoft-com:unattend"></unattend>', 'unattend'],
  ['a script that changes the firewall', 'setup.bat', '@echo off\r\nnetsh advfirewall set allprofiles state off\r\n', 'windows-script'],
  ['a script that builds a program', 'build.ps1', 'dotnet build\nCopy-Item a b\n', undefined],
  ['another XML file', 'pom.xml', '<project xmlns="http://maven.apache.org/POM/4.0.0"><name>WLANProfile</name></project>', undefined],
  ['a document about AppLocker', 'notes.xml', '<doc>AppLockerPolicy and unattend</doc>', undefined],
];

for (const [title, path, text, format] of cases) {
  test(`${title}: ${format ?? 'not one of these'}`, () => {
    const found = recognise(path, () => text);
    if (format) assert.equal(found, format);
    else assert.ok(!own.includes(found ?? ''), found);
  });
}

describe('the bytes of templates, registration files, scripts and preferences', () => {
  test('every fix of every example changes the lines it is about, and no line end', () => {
    let looked = 0;
    for (const page of pages().filter(({ format }) => ['security-template', 'registry-file', 'windows-script', 'group-policy-preferences'].includes(format))) {
      for (const { heading, files: [file], line } of page.examples) {
        if (heading !== 'Caught' || !file) continue;
        const text = file.text.replace(/\n/g, '\r\n');
        const findings = ask(page.format, [{ text }], (id) => id === page.rule).flatMap((said) => said.findings);
        const after = fixed(page.format, [{ text }], page.rule)[0]!.text;
        const where = `${page.path}, line ${line}`;
        assert.doesNotMatch(after, /(?<!\r)\n|\r(?!\n)/, where);
        const [before, now] = [text.split('\r\n'), after.split('\r\n')];
        assert.equal(now.length, before.length, `${where}: lines were added or removed`);
        const changed = before.filter((one, i) => one !== now[i]);
        const names = findings.flatMap(({ fix }) => (fix?.edits() ?? []).map(({ start }) => before[text.slice(0, start).split('\r\n').length - 1]));
        assert.ok(changed.every((one) => names.includes(one)), `${where}: another line changed`);
        looked += changed.length;
      }
    }
    assert.ok(looked > 60, `only ${looked} lines were changed`);
  });

  const template = '[Unicode]\r\nUnicode=yes\r\n; Station 4 – Ärzte\r\n[System Access]\r\nMinimumPasswordLength = 6\r\nPasswordComplexity = 1\r\nPasswordHistorySize = 24\r\nMaximumPasswordAge = 60\r\n';
  const policy = 'Windows Registry Editor Version 5.00\r\n\r\n; Station 4 – Ärzte\r\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Lsa]\r\n"NoLMHash"=dword:00000000\r\n';
  const list = '<?xml version="1.0" encoding="utf-8"?>\r\n<SiPolicy xmlns="urn:schemas-microsoft-com:sipolicy" PolicyType="Base Policy">\r\n  <!-- Station 4 – Ärzte -->\r\n  <Rules>\r\n'
    + '    <Rule>\r\n      <Option>Required:Enforce Store Applications</Option>\r\n    </Rule>\r\n    <Rule>\r\n      <Option>Enabled:Audit Mode</Option>\r\n    </Rule>\r\n    <Rule>\r\n      <Option>Enabled:UMCI</Option>\r\n    </Rule>\r\n'
    + '  </Rules>\r\n  <FileRules>\r\n    <Allow ID="ID_ALLOW_A_1" Hash="00" />\r\n  </FileRules>\r\n  <SigningScenarios>\r\n    <SigningScenario Value="12" ID="W"><ProductSigners><FileRulesRef><FileRuleRef RuleID="ID_ALLOW_A_1" /></FileRulesRef></ProductSigners></SigningScenario>\r\n  </SigningScenarios>\r\n</SiPolicy>\r\n';
  const exploits = '<?xml version="1.0" encoding="UTF-16"?>\r\n<MitigationPolicy>\r\n  <!-- Station 4 – Ärzte -->\r\n  <SystemConfig>\r\n    <DEP Enable="false" EmulateAtlThunks="false" />\r\n  </SystemConfig>\r\n</MitigationPolicy>\r\n';
  for (const [name, text, from, to] of [['list.xml', list, '    <Rule>\r\n      <Option>Enabled:Audit Mode</Option>\r\n    </Rule>\r\n', ''], ['exploit.xml', exploits, 'DEP Enable="false"', 'DEP Enable="true"'], ['GptTmpl.inf', template, 'Length = 6', 'Length = 14'], ['lsa.reg', policy, 'dword:00000000', 'dword:00000001']] as const) {
    for (const encoding of ['utf-16le', 'utf-16be', 'utf-16le without mark', 'utf-16be without mark', 'utf-8 with mark'] as const) {
      test(`${name} keeps ${encoding}, its mark and its line ends`, async () => {
        const one = made({ [name]: encode(text, encoding) });
        open.push(one);
        assert.equal((await hipaaLint(one.path, ['scan', '.', '--fix', '--review'])).code, 0);
        assert.deepEqual(one.read(), { [name]: Buffer.from(encode(text.replace(from, to), encoding)).toString('latin1') });
      });
    }
  }
});
