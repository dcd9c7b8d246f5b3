// @ts-check
import { changesItsLines } from './second-reader.mjs';
import { run } from './support.mjs';

/** What each format is to a reader that knows nothing of the product. */
const kinds = new Map([
  ...['hapi-fhir', 'home-assistant', 'esphome', 'greengrass', 'kubernetes', 'docker-compose'].map((format) => /** @type {const} */ ([format, 'yaml'])),
  ...['iot-edge', 'intune', 'android-policy', 'ms-fhir', 'mbed', 'aws-iot-policy'].map((format) => /** @type {const} */ ([format, 'json'])),
  ...['mirth-properties', 'openmrs'].map((format) => /** @type {const} */ ([format, 'properties'])),
  .../** @type {const} */ ([['dcm4chee', 'ldif']]),
]);

const wrong = { yaml: 'a: [1\n', json: '{ "a": }\n', properties: 'a = \\u12\n', ldif: 'dn: cn=a\ncn a\n' };

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'Readers of Python',
  formats: [...kinds.keys()],
  packages: ['python3', 'python3-yaml', 'python3-javaproperties', 'python3-ldap'],
  present: () => run('/usr/bin/python3', ['-c', 'import yaml, javaproperties, ldif']).status === 0,
  async accepts(_stage, files, format, before) {
    for (const [i, { text }] of files.entries()) {
      const problem = await changesItsLines(kinds.get(format) ?? 'yaml', before[i]?.text ?? '{}', text);
      if (problem) return problem;
    }
    return undefined;
  },
  refuses: Object.fromEntries([...kinds].map(([format, kind]) => [format, wrong[kind]])),
};
