import { parseKconfig, slot, type OptionType } from '#notations/kconfig.js';
import type { LawExample } from '../support/law.js';

const at = (name: string, type: OptionType) => (text: string) => slot(parseKconfig(text), name, type);

const examples: readonly LawExample[] = [
  { title: 'an option that is on', text: 'CONFIG_A=y\nCONFIG_B=5\n', at: at('CONFIG_A', 'bool'), besides: at('CONFIG_B', 'number'), values: ['n', 'y'] },
  { title: 'an option unset by a comment', text: '#\n# Menu\n#\n# CONFIG_A is not set\nCONFIG_B=y\n', at: at('CONFIG_A', 'bool'), besides: at('CONFIG_B', 'bool'), values: ['y', 'n'] },
  { title: 'an option that is on in a generated file', text: '# CONFIG_C is not set\nCONFIG_A=y\n', at: at('CONFIG_A', 'bool'), besides: at('CONFIG_C', 'bool'), values: ['n'] },
  { title: 'the last of several lines', text: 'CONFIG_A=y\n# CONFIG_A is not set\nCONFIG_A=y\nCONFIG_B=y\n', at: at('CONFIG_A', 'bool'), besides: at('CONFIG_B', 'bool'), values: ['n'] },
  { title: 'an unset line behind a set one', text: 'CONFIG_A=y\n# CONFIG_A is not set\n', at: at('CONFIG_A', 'bool'), values: ['y'] },
  { title: 'an absent option in an empty file', text: '', at: at('CONFIG_A', 'bool'), values: ['y', 'n'] },
  { title: 'an absent option behind a last line without an end', text: 'CONFIG_B=y', at: at('CONFIG_A', 'bool'), besides: at('CONFIG_B', 'bool'), values: ['y'] },
  { title: 'text', text: 'CONFIG_A="one \\"two\\" \\\\three"\nCONFIG_B=y\n', at: at('CONFIG_A', 'string'), besides: at('CONFIG_B', 'bool'), values: ['', 'https://x/', 'a "quoted" \\ word'] },
  { title: 'absent text', text: 'CONFIG_B=y\n', at: at('CONFIG_A', 'string'), besides: at('CONFIG_B', 'bool'), values: ['x', '"'] },
  { title: 'a number', text: 'CONFIG_A=0x10\n', at: at('CONFIG_A', 'number'), values: ['4', '0x20'] },
  { title: 'carriage returns', text: '# CONFIG_A is not set\r\nCONFIG_B=y\r\n', at: at('CONFIG_A', 'bool'), besides: at('CONFIG_B', 'bool'), values: ['y'] },
];

export default examples;
