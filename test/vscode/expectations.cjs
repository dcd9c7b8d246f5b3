// @ts-check
/**
 * Everything these tests know about the product, in one place: what it is called, what it finds in which file, and
 * the words it shows.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** The folder the tests open a copy of, and the file in it that most of them look at. */
const EXAMPLE = join(__dirname, '..', '..', 'examples', 'clinic');

module.exports = {
  extension: 'hipaa-lint.hipaa-lint',
  version: JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')).version,
  source: 'hipaa-lint',
  example: EXAMPLE,

  commands: {
    report: { id: 'hipaaLint.openReport', title: 'HIPAA Lint: Open Compliance Report' },
    format: { id: 'hipaaLint.setFormat' },
    fixAll: { id: 'hipaaLint.fixAllSafe', title: 'HIPAA Lint: Fix All Safe Findings in This File' },
    scan: { id: 'hipaaLint.scanWorkspace', title: 'HIPAA Lint: Scan Workspace' },
    rule: { id: 'hipaaLint.openRule' },
  },

  /** A finding in a file as it lies on the disk. */
  finding: {
    file: 'sshd_config',
    line: 'PermitRootLogin yes',
    /** What is marked on that line. */
    marked: 'PermitRootLogin yes',
    message: /root/i,
    hover: [/164\.3\d\d\([a-e]\)/, /\b(required|addressable)\b/i, /\byes\b/],
    fix: /root/i,
    /** What the line may read once fixed. */
    fixed: /^PermitRootLogin\s+(no|prohibit-password|forced-commands-only)$/,
  },

  /** A line that becomes a finding when typed at the end of that same file, and one that does not. */
  typed: { bad: 'PermitEmptyPasswords yes', good: 'PermitEmptyPasswords no', message: /empty/i },

  /** A line that *Fix all safe* mends on saving, under the settings below, when put first in that same file. */
  fixAll: { line: 'LogLevel QUIET', fixed: /^LogLevel (INFO|VERBOSE)$/ },

  /** Device files: a setting that is right, how it is weakened on the screen, what is then said, and the fix that puts it right again. */
  devices: [
    { title: 'Orthanc', file: 'pacs/orthanc.json', secure: '"DicomCheckCalledAet": true', weakened: '"DicomCheckCalledAet": false', message: /another AE title/, fix: /called AE title/ },
    { title: 'a Mirth channel', file: 'hl7/channels/adt-inbound.xml', secure: '<messageStorageMode>PRODUCTION<', weakened: '<messageStorageMode>DEVELOPMENT<', message: /every stage of every message/, fix: /production/ },
    { title: 'a profile of tablets', file: 'tablets/clinicians.mobileconfig', secure: '<key>forcePIN</key>\n\t\t\t<true/>', weakened: '<key>forcePIN</key>\n\t\t\t<false/>', message: /no password/, fix: /password/i },
    { title: 'firmware of a wristband', file: 'wearables/wristband/sdkconfig', secure: '# CONFIG_ESP_HTTPS_OTA_ALLOW_HTTP is not set', weakened: 'CONFIG_ESP_HTTPS_OTA_ALLOW_HTTP=y', message: /over the air/, fix: /encryption/ },
  ],

  /** A field of the policy in `.hipaa-lint.yaml`: what is typed of it, what it is completed to, and what is said of it. */
  policy: { field: 'passwordLength', typed: 'passwordLe', value: 14, meaning: /Least length of a password .* In characters\. Source: / },

  /** In force from the start: settings changed during a test are read back from the disk at a moment of VS Code's choosing. */
  settings: { 'editor.codeActionsOnSave': { 'source.fixAll.hipaa-lint': 'explicit' } },

  /** Another extension's language stays what it is. */
  languages: [{ file: 'portal/compose.yaml', languages: ['yaml', 'dockercompose'] }, { file: 'sshd_config', languages: ['plaintext', 'hipaa-lint-sshd-config'] }],

  /** What a broker's file is called that no format claims, what is written into it, and what is found once its format is set. */
  unclaimed: { file: 'broker-of-ward-3.txt', text: 'listener 1883\nallow_anonymous true\n', format: 'mosquitto', rule: 'anonymous-access' },

  /** What the status bar says. */
  status: { findings: /\d+ finding/, unknown: /not a known format/, excluded: /excluded/, clean: /clean/, off: /: off/, unread: /not read/ },

  /** A file of a known format that is longer than what is read. */
  unread: { file: 'mosquitto-archive-of-ward-3.conf', text: `# ${'a comment of a thousand characters '.repeat(28)}\n`, times: 11_000 },

  /** What *Fix all* says of a file without a finding. */
  nothingToFix: /there is nothing to fix in this file/,

  /** Two folders of one window, the second with settings of its own, which take the finding of the file away. */
  several: { names: ['ward', 'laboratory'], file: 'sshd_config', settings: { 'hipaaLint.rules': { 'root-login': 'off' } }, rule: 'root-login' },

  report: {
    tab: /^HIPAA Lint\b.*\bReport$/,
    unsaved: /not known to be saved/,
    text: [/HIPAA Lint report/i, /164\.3\d\d/, /sshd_config/, /orthanc\.json/, /adt-inbound\.xml/, /clinicians\.mobileconfig/, /wristband\/sdkconfig/],
    /** A report gives evidence, never a verdict on the whole. */
    never: [/\b\d+(\.\d+)?\s?% compliant/i, /\bis HIPAA compliant\b/i, /\bundefined\b/, /\[object Object\]/],
  },

  scan: {
    /** Files that no editor has open and that the scan must have findings for, at least. */
    leastFiles: 2,
    progress: /([\d,.]+)\s*(?:\/|of)\s*([\d,.]+)/,
    cancelled: /cancel+ed/i,
    /** How many files the folder has in which a scan is cancelled: enough that it is not over before a click. */
    bulk: 8000,
    bulkFile: { name: 'sshd_config', text: '# A copy of the jump host\nPort 22\nPermitRootLogin no\nPasswordAuthentication no\nX11Forwarding no\n' },
  },
};
