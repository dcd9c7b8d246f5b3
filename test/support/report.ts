/** One report over a few files with findings, exceptions and hostile names, for the tests of every way to write it. */
import { decisionsOf } from '#configuration/configuration.js';
import { readConfiguration } from '#configuration/read.js';
import { analyse } from '#engine/analysis.js';
import { lint } from '#engine/lint.js';
import { registry } from '#registry/registry.generated.js';
import { fileReport, skippedReport, type FileReport } from '#reports/file-report.js';
import { render, reportFormats } from '#reports/render.js';
import { reportOf, type Report } from '#reports/report.js';

/** The format of the files. */
export const format = 'mosquitto';
/** A credential that stands in one of the files and may stand in no report. */
export const secret = 'Tr0ub4dor-and-3';

const configuration = `policy:
  passwordLength: 15
rules:
  tls-version: warning
exceptions:
  - rule: verify-peer
    files: b/**
    kind: accepted-risk
    because: The "old" <gateway> | has a certificate of its own
    by: A. Officer
    until: 2027-01-31
    ticket: RISK-7
  - rule: encrypt-transmission
    files: nowhere/**
    kind: accepted-risk
    because: gone
    by: A. Officer
    until: 2020-01-31
  - rule: tls-version
    files: '**'
    kind: accepted-risk
    because: no day
    by: A. Officer
scope: complete
`;

/** The files by path. */
export const texts: Readonly<Record<string, string>> = {
  'a/mosquitto.conf': '# a ward\nlistener 1883\nallow_anonymous true\n\nlistener 8883\ncertfile /c\ntls_version tlsv1\n',
  'b/mosquitto.conf': `connection <img/src=x>\naddress h.example:8883\nremote_password ${secret}\nbridge_cafile /c\nbridge_insecure true\n`,
  'c/mosquitto.conf': 'include_dir /etc/more\nlistener 8883\ncertfile /c\npassword_file /p\n',
  'd/mosquitto.conf': '# hipaa-lint allow encrypt-transmission kind=false-positive by="B. Nurse" because="a lab"\nlistener 1883\n',
};

/** The reports of files under a configuration. */
export function filesOf(named: Readonly<Record<string, string>> = texts, rules = configuration): readonly FileReport[] {
  const decisions = decisionsOf(readConfiguration(rules).configuration, undefined, '2026-11-23');
  return Object.entries(named).map(([path, text]) => {
    const outcome = lint(analyse(format, registry.formats.get(format)!, path, text), registry, decisions);
    return fileReport({ root: '.', path, format, text, size: text.length, sha256: 'ab'.repeat(32), outcome });
  });
}

/** The report of these files, under the configuration above unless another is given. */
export function reportFrom(files = filesOf(), text = configuration): Report {
  const { configuration: read, problems } = readConfiguration(text);
  return reportOf({
    version: '1.2.3',
    time: '2026-11-23T08:00:00.000Z',
    roots: [{ name: '.', configuration: read, problems, file: { path: '.hipaa-lint.yaml', text } }],
    files,
  });
}

/** The report of all the files, and of one that could not be read. */
export const report = reportFrom([
  ...filesOf(),
  skippedReport({ root: '.', path: 'e/mosquitto.conf', format, size: 0, status: 'unreadable', because: 'it may not be read' }),
]);
/** That report in every way it is written. */
export const written = Object.fromEntries(reportFormats.map((name) => [name, render(report, name)])) as Record<(typeof reportFormats)[number], string>;

/** The parts of SARIF that the tests look at. */
export interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly {
            id: string;
            properties: { family: string };
            relationships: readonly { target: { id: string; index: number }; kinds: readonly string[] }[];
          }[];
        };
      };
      readonly taxonomies: readonly [{ readonly taxa: readonly { id: string }[] }];
      readonly invocations: readonly [
        {
          executionSuccessful: boolean;
          toolExecutionNotifications: readonly { level: string; message: { text: string } }[];
          toolConfigurationNotifications: readonly { message: { text: string } }[];
        },
      ];
      readonly artifacts: readonly { location: { uri: string; uriBaseId: string }; hashes?: Record<string, string> }[];
      readonly results: readonly {
        ruleId: string;
        ruleIndex: number;
        level: string;
        partialFingerprints: Record<string, string>;
        suppressions?: readonly { kind: string; justification: string; properties: Record<string, string> }[];
        locations: readonly [
          { physicalLocation: { artifactLocation: { uri: string; uriBaseId: string; index: number }; region: { startLine: number; startColumn: number } } },
        ];
        fixes?: readonly { artifactChanges: readonly { replacements: readonly { deletedRegion: object; insertedContent?: { text: string } }[] }[] }[];
      }[];
      readonly originalUriBaseIds: Record<string, { uri?: string }>;
    },
  ];
}

/** The one run of a SARIF text. */
export const sarif = (text: string) => (JSON.parse(text) as Sarif).runs[0];
