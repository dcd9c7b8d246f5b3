/** What says the same is said once: precautions of a workload, a lesser rule beside a graver one, doubts with one reason. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { actionsAt, editsOf } from '#assistance/actions.js';
import { exceptionComment } from '#assistance/exception-comment.js';
import { hoverAt } from '#assistance/hover.js';
import { notesOf } from '#assistance/notes.js';
import { alone, analyse, type Surroundings } from '#engine/analysis.js';
import { lint, undecided } from '#engine/lint.js';
import { apply } from '#engine/text.js';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnosticOf } from '#hosts/language-server-mapping.js';
import { registry } from '#registry/registry.generated.js';
import { fileReport } from '#reports/file-report.js';
import { render } from '#reports/render.js';
import { reportOf } from '#reports/report.js';

const read = (format: string, text: string, surroundings: Surroundings = alone) => analyse(format, registry.formats.get(format)!, 'a.yaml', text, surroundings);
const judged = (format: string, text: string, surroundings?: Surroundings) => lint(read(format, text, surroundings), registry);
const of = (rule: string, outcome: ReturnType<typeof judged>) => outcome.findings.filter((one) => one.rule === rule);

/** A Deployment of three containers, of which the second refuses what the others may. */
const deployment = (name = 'viewer', extra = '') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ward
spec:
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      automountServiceAccountToken: false
${extra}      containers:
        - name: one
          image: registry.example/one:1
        - name: two
          image: registry.example/two:1
          securityContext:
            allowPrivilegeEscalation: false
        - name: three
          image: registry.example/three:1
`;
const hardening = ['kubernetes/drop-capabilities', 'kubernetes/run-as-non-root', 'no-privilege-escalation', 'read-only-program'];

describe('the precautions of a workload', () => {
  test('are one finding a rule, which names the other containers and mends all', () => {
    const outcome = judged('kubernetes', deployment());
    for (const rule of hardening) assert.equal(of(rule, outcome).length, 1, rule);
    const [escalation] = of('no-privilege-escalation', outcome);
    assert.deepEqual(escalation!.also!.map(({ message }) => message.slice(0, 19)), ['The container three']);
    const mended = judged('kubernetes', apply(deployment(), escalation!.fix!.edits()));
    assert.deepEqual(of('no-privilege-escalation', mended), []);
  });

  test('are notes, and all said under one', () => {
    const outcome = judged('kubernetes', deployment());
    const lacking = outcome.findings.filter(({ rule }) => hardening.includes(rule));
    assert.deepEqual([...new Set(lacking.map(({ severity }) => severity))], ['info']);
    const [chief, ...others] = lacking.filter(({ under }) => under === undefined);
    assert.deepEqual(others, []);
    assert.equal(chief!.beside!.length, 3);
    const shown = notesOf(outcome).filter(({ rule }) => hardening.includes(rule!));
    assert.equal(shown.length, 1);
    for (const rule of hardening) if (rule !== chief!.rule) assert.match(shown[0]!.message, new RegExp(rule));
    const document = TextDocument.create('file:///a.yaml', 'yaml', 1, deployment());
    assert.match(diagnosticOf(shown[0]!, document, true).relatedInformation!.map(({ message }) => message).join(), /The container three/);
    assert.equal(diagnosticOf(shown[0]!, document, false).relatedInformation, undefined);
    assert.equal(shown[0]!.related!.length, 3 + lacking.reduce((sum, { also }) => sum + (also?.length ?? 0), 0));
  });

  test('weigh as much as the rule says where something is at stake', () => {
    const severity = (text: string) => of('no-privilege-escalation', judged('kubernetes', text)).map(({ severity: is, message }) => [is, /\); (.*)$/.exec(message)?.[1]]);
    assert.deepEqual(severity(deployment()), [['info', undefined]]);
    assert.deepEqual(severity(deployment('fhir-server')), [['warning', 'by its name it handles health data']]);
    assert.deepEqual(severity(deployment('viewer', '      hostNetwork: true\n')), [['warning', 'it has rights on its host']]);
    const port = deployment().replace('          image: registry.example/one:1\n', '          image: registry.example/one:1\n          ports: [{ containerPort: 80, hostPort: 80 }]\n');
    assert.deepEqual(severity(port), [['warning', 'it is reached from outside']]);
    assert.deepEqual(severity(deployment().replace('registry.example/one', 'registry.hospital.example/one')), [['info', undefined]], 'a registry says nothing of what runs');
    const compose = (ports: string) => of('no-privilege-escalation', judged('docker-compose', `services:\n  web:\n    image: web:1\n    ports: ['${ports}']\n`)).map(({ severity: is }) => is);
    assert.deepEqual([...compose('8080:8080'), ...compose('127.0.0.1:8080:8080')], ['warning', 'info']);
  });

  test('of Terraform are those of the resource', () => {
    const tf = (name: string) => `resource "kubernetes_deployment" "web" {
  metadata { name = "${name}" }
  spec {
    template {
      metadata { labels = { app = "web" } }
      spec {
        container {
          name = "one"
          image = "one:1"
        }
        container {
          name = "two"
          image = "two:1"
        }
      }
    }
  }
}
`;
    const outcome = judged('terraform', tf('web'));
    assert.deepEqual(of('read-only-program', outcome).map(({ also, under, whole }) => [also?.length, under, whole?.label]), [[1, 'no-privilege-escalation', 'the deployment "web"']]);
    assert.deepEqual(of('no-privilege-escalation', outcome).map(({ severity }) => severity), ['info']);
    assert.deepEqual(of('no-privilege-escalation', judged('terraform', tf('openmrs'))).map(({ severity }) => severity), ['warning']);
    const door = 'resource "kubernetes_service" "web" {\n  spec {\n    type = "LoadBalancer"\n    selector = { app = "web" }\n  }\n}\n';
    assert.deepEqual(of('no-privilege-escalation', judged('terraform', tf('web') + door)).map(({ severity }) => severity), ['warning']);
  });

  test('weigh more where another file brings the workload to the outside', () => {
    const others = `apiVersion: v1
kind: Service
metadata: { name: viewer, namespace: ward }
spec:
  selector: { app: viewer }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: door, namespace: ward }
spec:
  rules:
    - http:
        paths:
          - backend: { service: { name: viewer } }
`;
    const kubernetes = registry.formats.get('kubernetes')!;
    const told = (text: string) => kubernetes.exports!(kubernetes.parse(text), 'b.yaml');
    const around = (text: string): Surroundings => ({
      ...alone,
      exported: (kind, key) => ({ items: told(text).filter((one) => one.kind === kind && one.key === key).map(({ value }) => ({ path: 'b.yaml', value: value as never })), complete: true }),
    });
    const severity = (text: string) => of('no-privilege-escalation', judged('kubernetes', deployment(), around(text))).map(({ severity: is }) => is);
    assert.deepEqual(severity(others), ['warning']);
    assert.deepEqual(severity(others.replace('service: { name: viewer }', 'service: { name: other }')), ['info']);
    assert.deepEqual(severity(others.replace('app: viewer', 'app: other')), ['info']);
    assert.deepEqual(severity(others.replace('  selector', '  type: NodePort\n  selector').split('---')[0]!), ['warning']);
  });

  test('are said by themselves where the file states the opposite', () => {
    const text = deployment().replace('allowPrivilegeEscalation: false', 'allowPrivilegeEscalation: true');
    const said = of('no-privilege-escalation', judged('kubernetes', text));
    assert.deepEqual(said.map(({ severity, unstated }) => [severity, unstated]), [['info', true], ['warning', undefined]]);
  });

  test('belong to their own workload', () => {
    const outcome = judged('kubernetes', `${deployment('one')}---\n${deployment('two')}`);
    assert.deepEqual(of('no-privilege-escalation', outcome).map(({ whole }) => whole!.label), ['the Deployment one', 'the Deployment two']);
    assert.equal(notesOf(outcome).filter(({ rule }) => hardening.includes(rule!)).length, 2);
  });

  test('can be taken all at once', () => {
    const analysis = read('kubernetes', deployment());
    const outcome = lint(analysis, registry);
    const action = actionsAt(analysis, outcome, { start: 0, end: deployment().length }).find(({ title }) => title.startsWith('Take all 4 precautions for the Deployment viewer'));
    const edits = editsOf(action!.does, analysis, outcome, undecided);
    assert.ok(typeof edits === 'object');
    const after = judged('kubernetes', apply(deployment(), edits));
    assert.deepEqual(after.findings.filter(({ rule }) => hardening.includes(rule)), []);
  });

  test('keep their exceptions: what one covers is said by itself, and the rest goes on', () => {
    const comment = (rule: string) => `# hipaa-lint allow ${rule} kind=accepted-risk until=2099-01-01 by="x" because="y"`;
    const text = deployment().replace('        - name: three', `        ${comment('no-privilege-escalation')}\n        - name: three`);
    const [open, covered] = of('no-privilege-escalation', judged('kubernetes', text));
    assert.deepEqual([open!.exception, open!.also], [undefined, undefined]);
    assert.ok(covered!.exception);
    const analysis = read('kubernetes', deployment());
    const [finding] = of('read-only-program', lint(analysis, registry));
    assert.ok(exceptionComment(analysis, finding!, 'accepted-risk', { ...undecided, today: '2026-01-01' }), 'an exception can be recorded for one of several places');
  });

  test('are all in every report, and counted once for a reader', () => {
    const text = deployment();
    const file = fileReport({ root: '.', path: 'a.yaml', format: 'kubernetes', text, size: text.length, outcome: judged('kubernetes', text) });
    const report = reportOf({ version: '0', time: '2026-01-01T00:00:00Z', roots: [], files: [file] });
    const lacking = report.findings.filter(({ rule }) => hardening.includes(rule));
    assert.equal(lacking.length, 4);
    const [chief] = lacking.filter(({ under }) => under === undefined);
    assert.deepEqual([...new Set(lacking.flatMap(({ under }) => under ?? []))], [chief!.fingerprint]);
    assert.deepEqual(new Set(chief!.beside!.map(({ fingerprint }) => fingerprint)), new Set(lacking.filter((one) => one !== chief).map(({ fingerprint }) => fingerprint)));
    const sarif = JSON.parse(render(report, 'sarif')) as { runs: [{ results: { ruleId: string; relatedLocations?: unknown[]; properties: { under?: string } }[] }] };
    const results = sarif.runs[0].results.filter(({ ruleId }) => hardening.includes(ruleId));
    assert.equal(results.length, 4);
    assert.equal(results.find(({ ruleId }) => ruleId === 'read-only-program')!.relatedLocations!.length, 2);
    for (const format of ['pretty', 'markdown', 'html'] as const) assert.equal(render(report, format).split('change its own program files').length - 1 + render(report, format).split('keeps the Linux capabilities').length - 1, 1, format);
    assert.match(render(report, 'pretty'), /Also of the Deployment viewer: .*read-only-program/);
  });
});

describe('a lesser rule', () => {
  const compose = (ports: string) => `services:\n  broker:\n    image: broker:1\n    ports: [${ports}]\n`;

  test('is said under the graver one of the same service', () => {
    const outcome = judged('docker-compose', compose("'5432:5432', '8080:8080', '8081:8081'"));
    const [published, ...more] = of('docker-compose/published-port', outcome);
    assert.deepEqual([more.length, published!.under, published!.also!.length], [0, 'open-to-world', 1]);
    assert.equal(notesOf(outcome).filter(({ rule }) => rule === 'open-to-world' || rule === 'docker-compose/published-port').length, 1);
  });

  test('is said by itself where there is none', () => {
    const [published] = of('docker-compose/published-port', judged('docker-compose', compose("'8080:8080'")));
    assert.deepEqual([published!.under, published!.also], [undefined, undefined]);
  });
});

describe('what nothing states of a device', () => {
  const router = `version 15.2
service timestamps log datetime msec
hostname ward
!
username admin secret 9 $9$x
line vty 0 4
 login local
 transport input ssh
line vty 5 15
 login local
 transport input ssh
!
end
`;

  test('is said once for all its lines', () => {
    const sources = of('management-sources', judged('cisco-ios', router));
    assert.deepEqual(sources.map(({ also }) => also?.map(({ message }) => message.slice(0, 27))), [['The terminal line vty 5 15 ']]);
  });
});

describe('what several files say of one thing', () => {
  const report = (files: Readonly<Record<string, string>>) => reportOf({
    version: '0', time: '2026-01-01T00:00:00Z', roots: [],
    files: Object.entries(files).map(([path, text]) => {
      const outcome = lint(analyse('kubernetes', registry.formats.get('kubernetes')!, path, text, { ...alone, exported: () => ({ items: [], complete: true }) }), registry);
      return fileReport({ root: '.', path, format: 'kubernetes', text, size: text.length, outcome });
    }),
  });

  test('is told of at the first, with the names of the others', () => {
    const said = report({ 'a/one.yaml': deployment('one'), 'a/two.yaml': deployment('two'), 'b/three.yaml': deployment('three') });
    const open = said.findings.filter(({ rule }) => rule === 'kubernetes/network-policy');
    assert.deepEqual(open.map(({ path, under }) => [path, under]), [['a/one.yaml', undefined], ['a/two.yaml', open[0]!.fingerprint], ['b/three.yaml', undefined]]);
    assert.deepEqual(open[0]!.beside!.map(({ path }) => path), ['a/two.yaml']);
    assert.match(render(said, 'pretty'), /The same in a\/two\.yaml/);
  });

  test('is told of by itself where an exception covers the first', () => {
    const allowed = '# hipaa-lint allow kubernetes/network-policy kind=accepted-risk until=2099-01-01 by="x" because="y"\n';
    const said = report({ 'a/one.yaml': deployment('one').replace('  name: one', `  ${allowed}  name: one`), 'a/two.yaml': deployment('two') });
    assert.deepEqual(said.findings.filter(({ rule }) => rule === 'kubernetes/network-policy').map(({ under, exception }) => [under, exception !== undefined]), [[undefined, true], [undefined, false]]);
  });

  test('is said once of a file where it is of each object', () => {
    const object = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: default\n`;
    assert.deepEqual(of('kubernetes/default-namespace', judged('kubernetes', `${object('a')}---\n${object('b')}---\n${object('c')}`)).map(({ also }) => also?.length), [2]);
  });
});

describe('a doubt', () => {
  test('is said once in a file for all that it resolves, and explained at each place', () => {
    const text = 'services:\n  a:\n    image: x:1\n  b:\n    image: x:1\n  c:\n    image: x:1\n    user: "1000"\n';
    const outcome = judged('docker-compose', text);
    const root = outcome.unresolved.filter(({ rule }) => rule === 'no-root');
    assert.deepEqual(root.map(({ also }) => also?.length), [1]);
    assert.match(hoverAt(outcome, text, root[0]!.also![0]!.start)!.plain, /the image decides which user it runs as/);
    const note = notesOf(outcome).find(({ rule }) => rule === 'no-root')!;
    assert.deepEqual(note.related!.map(({ span }) => text.slice(span.start, span.end)), ['b']);
  });

  test('of several rules for one reason is one note of the editor', () => {
    const text = deployment().replace(/^ {10}securityContext:\n.*\n/m, '').replace('          image: registry.example/one:1\n', '          image: registry.example/one:1\n          {{- include "security" . | nindent 10 }}\n');
    const outcome = judged('kubernetes', text);
    const open = outcome.unresolved.filter(({ because }) => because === 'a template may state it');
    assert.ok(open.length > 3);
    assert.equal(notesOf(outcome).filter(({ message }) => message.startsWith('Cannot tell: a template may state it')).length, 1);
  });
});
