import { table } from '#engine/table.js';
import { reasons, registry } from '#registry/registry.generated.js';
import { citations, securityRule, type Safeguard } from '#safeguards/security-rule.js';
import type { ExceptionSummary, Place, ReportedFix } from './file-report.js';
import { plain, uriOf } from './plain.js';
import type { Shown } from './render.js';
import { defined, limits, statement, unsavedText, type Report, type ReportedFinding } from './report.js';

type Json = Readonly<Record<string, unknown>>;

/** What the paths of a log are relative to. It names no folder, so that the log says nothing of the machine it was made on. */
const base = 'SRCROOT';
/** The Security Rule of 2013 as a taxonomy: never the same as that of another edition. */
const taxonomy = { name: '45 CFR Part 164 Subpart C', guid: '5b0d0d6e-53a5-4b7a-9b6f-0c8a7d3c1f13' };
const levels = table({ error: 'error', warning: 'warning', info: 'note' } as const);

/**
 * The report as a SARIF 2.1.0 log. A rule is `relevant` to the rows it cites, which is all that can be said: `equal` or
 * `superset` would claim that the row is satisfied without it. What cannot be told is a notification, never a result.
 */
export function sarif(report: Report, { listUnread = false }: Shown = {}): string {
  const ruleIndex = new Map([...registry.rules.keys()].map((id, index) => [id, index]));
  const artifactIndex = new Map(report.inputs.map(({ path }, index) => [path, index]));
  const location = (path: string, place?: Place | { readonly line: number }): Json => ({
    physicalLocation: { artifactLocation: artifact(path, artifactIndex.get(path)), ...(place && { region: regionOf(place) }) },
  });
  const run = {
    tool: {
      driver: {
        name: report.tool.name,
        version: report.tool.version,
        semanticVersion: report.tool.version,
        shortDescription: { text: 'Shows where configuration falls short of the HIPAA Security Rule.' },
        rules: [...registry.rules].map(([id, rule]) => ({
          id,
          name: pascal(id),
          shortDescription: { text: rule.title },
          fullDescription: { text: reasons[id] ?? rule.title },
          help: {
            text: `${reasons[id] ?? rule.title}\n\n${rule.safeguards.map(cited).join('\n')}`,
            markdown: `${reasons[id] ?? rule.title}\n\n${rule.safeguards.map((citation) => `- ${cited(citation)}`).join('\n')}`,
          },
          defaultConfiguration: { level: levels[rule.severity] },
          relationships: rule.safeguards.map((citation) => ({
            target: { id: citation, index: citations.indexOf(citation), toolComponent: { ...taxonomy, index: 0 } },
            kinds: ['relevant'],
          })),
          properties: { family: rule.family, tags: ['security', 'hipaa', rule.family] },
        })),
        supportedTaxonomies: [{ ...taxonomy, index: 0 }],
      },
    },
    taxonomies: [
      {
        ...taxonomy,
        version: '2013',
        organization: 'U.S. Department of Health and Human Services',
        shortDescription: { text: report.edition },
        isComprehensive: true,
        taxa: citations.map((id) => ({
          id,
          name: securityRule[id].title,
          shortDescription: { text: securityRule[id].plain },
          properties: { status: (securityRule[id] as Safeguard).status },
        })),
      },
    ],
    automationDetails: { id: 'hipaa-lint/' },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [base]: { description: { text: 'The folder that was scanned' } } },
    invocations: [
      {
        executionSuccessful: report.failures.length === 0,
        endTimeUtc: report.time,
        toolExecutionNotifications: [
          ...report.unresolved.map(({ rule, path, place, because, also = [] }) => ({
            level: 'note',
            message: { text: `Cannot tell: ${plain(because)}` },
            locations: [place, ...also].map((one) => location(path, one)),
            associatedRule: { id: rule, index: ruleIndex.get(rule) ?? -1 },
          })),
          ...report.inputs
            .filter(({ unsaved }) => unsaved)
            .map(({ path }) => ({ level: 'warning', message: { text: `The file was read ${unsavedText}` }, locations: [location(path)] })),
          ...report.inputs
            .filter(({ status }) => status !== 'read')
            .map(({ path, status, because }) => ({
              level: 'warning',
              message: { text: plain(`The file was ${status}: ${because ?? 'no reason given'}`) },
              locations: [location(path)],
            })),
          ...(listUnread ? report.unread.files : []).map(({ path, reason, because }) => ({
            level: 'note',
            message: { text: plain(`Not read (${reason}): ${because}`) },
            locations: [location(path)],
          })),
        ],
        toolConfigurationNotifications: [
          ...report.failures.map(({ path, line, message }) => ({
            level: 'error',
            message: { text: plain(message) },
            ...(path && { locations: [location(path, line === undefined ? undefined : { line })] }),
          })),
          ...report.exceptions
            .filter(({ problem }) => problem)
            .map(({ state, problem, path, line }) => ({
              level: 'warning',
              message: { text: plain(`${state} exception: ${problem}`) },
              locations: [location(path, { line })],
            })),
        ],
      },
    ],
    artifacts: report.inputs.map(({ path, size, sha256, unsaved, includedBy, title, status }) =>
      defined({
        location: { uri: uriOf(path), uriBaseId: base },
        roles: ['analysisTarget'],
        length: size,
        hashes: sha256 === undefined ? undefined : { 'sha-256': sha256 },
        properties: defined({ format: title, status, unsaved, includedBy }),
      }),
    ),
    results: report.findings.map((finding) => result(finding, ruleIndex.get(finding.rule) ?? -1, location)),
    properties: {
      statement,
      limits,
      scope: report.scope,
      unread: report.unread.counts,
      policy: report.policy,
      coverage: report.coverage.map(({ citation, state, open, excepted, complied, unresolved }) => ({ citation, state, open, excepted, complied, unresolved })),
      exceptions: report.exceptions,
    },
  };
  const $schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
  return `${JSON.stringify({ $schema, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function result(finding: ReportedFinding, ruleIndex: number, location: (path: string, place: Place) => Json): Json {
  const { rule, severity, message, path, place, fix, exception, found, wanted, policy, safeguards, whole, under, also } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    kind: 'fail',
    level: levels[severity],
    message: { text: plain(message) },
    locations: [location(path, place)],
    ...(also && { relatedLocations: also.map((one, id) => ({ id, ...(location(path, one.place) as object), message: { text: plain(one.message) } })) }),
    partialFingerprints: { 'hipaaLint/v1': finding.fingerprint },
    ...(fix && fix.withheld === undefined && { fixes: [fixOf(fix, path)] }),
    ...(exception && { suppressions: [suppression(exception)] }),
    properties: defined({ safeguards, found, wanted, policy, whole, under, fixWithheld: fix?.withheld === undefined ? undefined : `${fix.title}: ${fix.withheld}` }),
  };
}

function fixOf({ title, safety, risk, edits }: ReportedFix, path: string): Json {
  return {
    description: { text: plain(risk === undefined ? title : `${title}. Review: ${risk}`) },
    artifactChanges: [
      {
        artifactLocation: artifact(path),
        replacements: edits.map(({ text, ...place }) => ({ deletedRegion: regionOf(place), ...(text !== '' && { insertedContent: { text } }) })),
      },
    ],
    properties: defined({ safety, risk }),
  };
}

function suppression({ recorded, because, ...rest }: ExceptionSummary): Json {
  return { kind: recorded === 'in the file' ? 'inSource' : 'external', status: 'accepted', justification: because, properties: rest };
}

function regionOf(place: Place | { readonly line: number }): Json {
  if (!('column' in place)) return { startLine: place.line };
  return { startLine: place.line, startColumn: place.column, endLine: place.endLine, endColumn: place.endColumn };
}

const artifact = (path: string, index?: number): Json => ({ uri: uriOf(path), uriBaseId: base, ...(index !== undefined && { index }) });
const cited = (citation: keyof typeof securityRule) => `45 CFR ${citation} ${securityRule[citation].title} (${securityRule[citation].status})`;
const pascal = (id: string) =>
  id
    .split(/[^a-z0-9]+/i)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
