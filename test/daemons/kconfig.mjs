// @ts-check
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { parseKconfig } from '../../out/server/notations/kconfig.js';
import { run } from './support.mjs';

/** @typedef {import('./support.mjs').Stage} Stage */

/** Debian's modules belong to Debian's interpreter, which need not be the first on the path. */
const python = '/usr/bin/python3';

const load = `
import json, sys, kconfiglib
kconf = kconfiglib.Kconfig(sys.argv[1], warn=True, warn_to_stderr=False)
kconf.warn_assign_override = kconf.warn_assign_redun = False
kconf.load_config(sys.argv[2])
print(json.dumps({"values": {s.name: s.str_value for s in kconf.unique_defined_syms}, "warnings": kconf.warnings}))
`;

/**
 * Reads a configuration with a Kconfig that declares every option it names, by the kind of its value. Says what is wrong:
 * a line kconfiglib warns of, or a value that it reads otherwise than we do.
 * @param {Stage} stage @param {string} text
 */
function read(stage, text) {
  const { options } = parseKconfig(text);
  const kinds = [...options.values()].map(({ name, value, quoted }) => ({
    name: name.slice('CONFIG_'.length),
    value,
    type: quoted ? 'string' : /^[yn]/.test(value) ? 'bool' : /^0x/.test(value) ? 'hex' : 'int',
  }));
  writeFileSync(stage.path('Kconfig'), kinds.map(({ name, type }) => `config ${name}\n\t${type} "${name}"\n`).join(''));
  writeFileSync(stage.path('.config'), text);
  const { status, output } = run(python, ['-c', load, stage.path('Kconfig'), stage.path('.config')], { env: { CONFIG_: 'CONFIG_' } });
  if (status !== 0) return output;
  const { values, warnings } = /** @type {{ values: Record<string, string>, warnings: string[] }} */ (JSON.parse(output));
  if (warnings.length > 0) return warnings.join('; ');
  const other = kinds.find(({ name, value, type }) => values[name] !== (type === 'bool' ? value[0] : value));
  return other && `kconfiglib reads ${other.name} as ${values[other.name]}`;
}

/** @type {import('./support.mjs').Judge} */
export default {
  title: 'kconfiglib',
  formats: ['sdkconfig', 'zephyr'],
  packages: ['python3-kconfiglib'],
  present: () => run(python, ['-c', 'import kconfiglib']).status === 0,
  accepts: async (stage, files) => read(stage, files[0]?.text ?? ''),
  refuses: { sdkconfig: 'CONFIG_A="x\nCONFIG_B=y\n', zephyr: 'CONFIG_A="x\nCONFIG_B=y\n' },
  live: [
    {
      title: 'quotes, unset lines and the last of several lines are read as we read them',
      async run(stage) {
        assert.equal(
          read(stage, '# CONFIG_A is not set\nCONFIG_A=y\nCONFIG_B=y\n# CONFIG_B is not set\nCONFIG_C="a \\"b\\" \\\\ c"\nCONFIG_D=0x1F\nCONFIG_E=12\n'),
          undefined,
        );
      },
    },
  ],
};
