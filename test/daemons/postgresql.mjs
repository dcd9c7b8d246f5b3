// @ts-check
import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseDirectives } from '../../out/server/notations/directives.js';
import { fixed } from '../../out/test/support/pages.js';
import { freePort, has, isAdministrator, lastLine, run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage @typedef {import('./support.mjs').File} File */

/** Debian keeps one folder for each version; the newest counts. */
const versions = '/usr/lib/postgresql';
const binaries = () =>
  (existsSync(versions)
    ? readdirSync(versions)
        .sort()
        .map((version) => join(versions, version, 'bin'))
    : []
  ).at(-1) ?? '';

/** The server refuses to run as the administrator. @param {string} program @param {string[]} args @returns {[string, string[]]} */
const server = (program, ...args) =>
  isAdministrator() ? ['runuser', ['-u', 'postgres', '--', join(binaries(), program), ...args]] : [join(binaries(), program), args];

/** The same configuration with files that exist. @param {Stage} stage @param {readonly File[]} files */
function install(stage, files) {
  for (const { name, text } of files) {
    mkdirSync(dirname(stage.path(name)), { recursive: true });
    writeFileSync(stage.path(name), text.replace(/^\s*(?:data_directory|hba_file|ident_file)\b.*$/gm, ''));
  }
  return stage.path(files[0]?.name ?? 'example');
}

/** The folder of a cluster that no server runs in, to be copied: making one takes seconds. */
const cluster = 'postgresql';

/** Every parameter the program has: name, context, group, type, the value it starts with and more. */
const parameters = () =>
  run(join(binaries(), 'postgres'), ['--describe-config'])
    .stdout.split('\n')
    .map((line) => line.split('\t'))
    .filter((columns) => columns.length > 5);

/** The value of a parameter, or why there is none. @param {Stage} stage @param {string} config @param {string} name */
const parameter = (stage, config, name) => run(join(binaries(), 'postgres'), ['-C', name, '-D', stage.folder, '-c', `config_file=${config}`]);

/** A server of its own with these two files, or what keeps it from starting. @param {Stage} stage @param {{ config?: string, hba: string }} files */
async function serve(stage, { config = '', hba }) {
  const [data, port] = [stage.path('data'), await freePort()];
  chmodSync(stage.folder, 0o777);
  if (!existsSync(data)) run('cp', ['-a', join(stage.shared, cluster), data]);
  for (const [name, from] of [
    ['server.crt', stage.certificates.certificate],
    ['server.key', stage.certificates.key],
  ]) {
    copyFileSync(/** @type {string} */ (from), join(data, /** @type {string} */ (name)));
    run('chown', ['postgres', join(data, /** @type {string} */ (name))]);
    chmodSync(join(data, /** @type {string} */ (name)), 0o600);
  }
  writeFileSync(join(data, 'ward.conf'), `${config}\nport = ${port}\nunix_socket_directories = '${stage.folder}'\nfsync = off\n`);
  writeFileSync(join(data, 'ward_hba.conf'), hba);
  const [command, args] = server('postgres', '-D', data, '-c', `config_file=${data}/ward.conf`, '-c', `hba_file=${data}/ward_hba.conf`);
  const { started, output } = await stage.start(command, args, /ready to accept connections/);
  return { started, output, port };
}

/** What a client gets. @param {number} port @param {string} options @param {string} [question] */
const ask = (port, options, question = 'select 1') =>
  run(join(binaries(), 'psql'), ['-Atq', `host=127.0.0.1 port=${port} user=postgres connect_timeout=4 ${options}`, '-c', question]);

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'PostgreSQL',
  formats: ['postgresql', 'pg-hba'],
  packages: ['postgresql', 'openssl', 'util-linux'],
  present: () => has(join(binaries(), 'postgres')) && has(join(binaries(), 'initdb')),
  prepare(shared) {
    chmodSync(shared, 0o755);
    mkdirSync(join(shared, cluster));
    run('chown', ['postgres', join(shared, cluster)]);
    const { status, output } = run(...server('initdb', '--no-sync', '--auth=trust', '--username=postgres', '-D', join(shared, cluster)), {
      milliseconds: 60_000,
    });
    assert.equal(status, 0, `no cluster can be made: ${lastLine(output)}`);
  },
  async accepts(stage, files, format) {
    if (format === 'pg-hba') {
      // A server that cannot read the file does not start; what a file includes is no part of the example.
      const { started, output } = await serve(stage, { config: 'ssl = on', hba: (files[0]?.text ?? '').replace(/^@?include.*$/gm, '') });
      return started
        ? undefined
        : `does not start: ${
            output()
              .split('\n')
              .find((line) => /LOG:|FATAL:/.test(line)) ?? lastLine(output())
          }`;
    }
    const { status, output } = parameter(stage, install(stage, files), 'port');
    return status === 0 ? undefined : `refuses it: ${output.split('\n')[0]}`;
  },
  refuses: { postgresql: "ssl = 'perhaps'\n", 'pg-hba': 'hostssl all all 10.0.0.0/8 scram-sha-512\n' },
  async prints(stage, files, format) {
    if (format !== 'postgresql') return undefined;
    // A path or an image may tell that the file is for another version than the one here, which has other defaults.
    const told = files.map(({ name, text }) => /(?:^|\/)postgresql\/(\d+)\//.exec(name)?.[1] ?? /\bimage: *postgres:(\d+)/.exec(text)?.[1]);
    const version = told.find((one) => one !== undefined);
    if (version !== undefined && !binaries().includes(`/${version}/`)) return undefined;
    const config = install(stage, files);
    if (parameter(stage, config, 'port').status !== 0) return undefined;
    const stated = new Set(
      files.flatMap(({ text }) =>
        parseDirectives(text, { comment: '#', trailingComments: true, assignment: 'either', separator: ' ', quotes: "'", foldCase: true }).directives.map(
          ({ name }) => name,
        ),
      ),
    );
    const all = parameters();
    assert.ok(all.length > 100, 'the program printed no parameters');
    const line = (/** @type {string} */ name, /** @type {string} */ value) => `${name} = '${value.replaceAll("'", "''")}'`;
    return all
      .map(([name = '', , , type, initial = '']) => {
        if (stated.has(name.toLowerCase())) return line(name, parameter(stage, config, name).stdout.replace(/\n$/, ''));
        return line(name, type === 'BOOLEAN' ? (initial === 'TRUE' ? 'on' : 'off') : initial);
      })
      .join('\n');
  },
  defaults: [
    {
      format: 'postgresql',
      name: 'Channel.protection',
      of: 'primary',
      text: "primary_conninfo = 'host=db1.clinic.example user=replica'\n",
      // What a client without sslmode does, with a server that speaks TLS and with one that does not.
      async observe(stage) {
        const hba = 'host all all 127.0.0.1/32 trust\n';
        const spoken = [];
        for (const ssl of ['on', 'off']) {
          const { started, output, port } = await serve(stage, { config: `ssl = ${ssl}`, hba });
          assert.ok(started, output());
          spoken.push(ask(port, '', 'select ssl from pg_stat_ssl where pid = pg_backend_pid()').output.trim());
          await stage.stopAll();
        }
        return { 't,t': 'encrypted', 't,f': 'opportunistic', 'f,f': 'none' }[spoken.join()] ?? spoken.join();
      },
    },
  ],
  live: [
    {
      title: 'a client in clear that was served is refused after the fix, and one with TLS is served',
      async run(stage) {
        const open = 'host all all 0.0.0.0/0 trust\n';
        const before = await serve(stage, { config: 'ssl = on', hba: open });
        assert.ok(before.started, before.output());
        assert.equal(ask(before.port, 'sslmode=disable').status, 0);
        await stage.stopAll();
        const after = await serve(stage, { config: 'ssl = on', hba: fixed('pg-hba', [{ text: open }], 'encrypt-transmission')[0]?.text ?? '' });
        assert.ok(after.started, after.output());
        assert.notEqual(ask(after.port, 'sslmode=disable').status, 0);
        assert.equal(ask(after.port, `sslmode=verify-ca sslrootcert=${stage.certificates.ca}`).status, 0);
      },
    },
    {
      title: 'a client without a password that was served is refused after the fix, and one with a password is served',
      async run(stage) {
        const open = 'hostssl all all 0.0.0.0/0 trust\n';
        const before = await serve(stage, { config: 'ssl = on', hba: open });
        assert.ok(before.started, before.output());
        assert.equal(ask(before.port, '', "alter role postgres password 'for-this-test'").status, 0);
        await stage.stopAll();
        const after = await serve(stage, { config: 'ssl = on', hba: fixed('pg-hba', [{ text: open }], 'authentication-strength')[0]?.text ?? '' });
        assert.ok(after.started, after.output());
        assert.notEqual(ask(after.port, '').status, 0);
        assert.equal(ask(after.port, 'password=for-this-test').status, 0);
      },
    },
  ],
};
