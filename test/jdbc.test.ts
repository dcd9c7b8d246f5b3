/** Connection strings of databases: what they say of encryption, and what they say once it is required. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readJdbc } from '#notations/jdbc.js';

const cases: readonly (readonly [url: string, protection: string, verified: boolean | 'unknown', host: string])[] = [
  ['jdbc:postgresql://db/mirth', 'opportunistic', false, 'db'],
  ['jdbc:postgresql://db:5432/mirth?ssl=true', 'encrypted', true, 'db'],
  ['jdbc:postgresql://db/mirth?sslmode=require&user=a', 'encrypted', false, 'db'],
  ['jdbc:postgresql://db/mirth?ssl=true&sslfactory=org.postgresql.ssl.NonValidatingFactory', 'encrypted', false, 'db'],
  ['jdbc:postgresql://db/mirth?sslmode=disable', 'none', false, 'db'],
  ['jdbc:mysql://db:3306/openmrs?autoReconnect=true', 'opportunistic', false, 'db'],
  ['jdbc:mysql://db:3306/openmrs?useSSL=false', 'none', false, 'db'],
  ['jdbc:mysql://db/openmrs?useSSL=true&requireSSL=true', 'encrypted', false, 'db'],
  ['jdbc:mysql://db/openmrs?sslMode=VERIFY_IDENTITY', 'encrypted', true, 'db'],
  ['jdbc:mariadb://db/openmrs', 'none', false, 'db'],
  ['jdbc:sqlserver://db:1433;databaseName=fhir;encrypt=false', 'none', true, 'db'],
  ['jdbc:sqlserver://db;encrypt=true;trustServerCertificate=true', 'encrypted', false, 'db'],
  ['jdbc:sqlserver://db;databaseName=fhir', 'unknown', 'unknown', 'db'],
  ['jdbc:jtds:sqlserver://db:1433/mirthdb', 'none', false, 'db'],
  ['jdbc:oracle:thin:@db:1521:XE', 'unknown', 'unknown', 'db'],
  ['jdbc:oracle:thin:@tcps://db:2484/fhir', 'encrypted', 'unknown', 'db'],
];

for (const [url, protection, verified, host] of cases) {
  test(url, () => {
    const read = readJdbc(url);
    assert.deepEqual([read?.protection, read?.verified, read?.host], [protection, verified, host]);
    if (read?.secured === undefined) return;
    const again = readJdbc(read.secured);
    assert.deepEqual([again?.protection, again?.verified, again?.host], ['encrypted', true, host], read.secured);
    assert.equal(again?.secured, read.secured, 'securing twice changes more');
  });
}

test('what needs no network, and what is no connection string', () => {
  assert.equal(readJdbc('jdbc:derby:appdata/mirthdb;create=true')?.embedded, true);
  assert.equal(readJdbc('jdbc:h2:file:./target/h2')?.embedded, true);
  assert.equal(readJdbc('jdbc:h2:tcp://db:9092/x')?.embedded, false);
  assert.equal(readJdbc('postgresql://db/x'), undefined);
  assert.equal(readJdbc('jdbc:postgresql://db/x?user=a&password=b')?.password, true);
});
