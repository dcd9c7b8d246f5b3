import { all, parseIos, slot, type Block, type IosConfig, type IosDialect } from '#notations/ios.js';
import type { LawExample } from '../support/law.js';

const router: IosDialect = { comment: '!', banner: 'delimiter' };
const leaf: IosDialect = { comment: '!', banner: 'EOF' };

const top = (phrase: string, dialect = router) => (text: string) => {
  const file = parseIos(text, dialect);
  return slot(file, file, phrase);
};

const below = (heading: string, phrase: string, inside?: string) => (text: string) => {
  const file: IosConfig = parseIos(text, router);
  const block: Block = all(file, heading)[0]!;
  return slot(file, inside ? all(block, inside)[0]! : block, phrase);
};

const examples: readonly LawExample[] = [
  { title: 'a stated value', text: 'hostname a\nip ssh version 1\nend\n', at: top('ip ssh version'), besides: top('hostname'), values: ['2', 'no'] },
  { title: 'a refused value', text: 'no ip http server\nhostname a\n', at: top('ip http server'), besides: top('hostname'), values: ['', 'no'] },
  { title: 'an absent value in an empty file', text: '', at: top('ip ssh version'), values: ['2', 'no'] },
  { title: 'an absent value before the end of the file', text: 'hostname a\n!\nend\n', at: top('ip ssh version'), besides: top('hostname'), values: ['2', 'no'] },
  { title: 'an absent value behind one that begins alike', text: 'ip ssh time-out 60\ninterface Vlan1\n shutdown\nend', at: top('ip ssh version'), besides: below('interface vlan1', 'shutdown'), values: ['2'] },
  { title: 'behind a block that begins alike', text: 'ip access-list standard A\n permit any\n!\nend\n', at: top('ip ssh version'), besides: below('ip access-list standard a', 'permit'), values: ['2'] },
  { title: 'without a last line end', text: 'hostname a', at: top('ip ssh version'), besides: top('hostname'), values: ['2'] },
  { title: 'carriage returns', text: 'hostname a\r\nline vty 0 4\r\n login\r\nend\r\n', at: below('line vty 0 4', 'exec-timeout'), besides: top('hostname'), values: ['10 0', 'no'] },
  { title: 'the last of several', text: 'logging trap 3\nlogging trap 5\n', at: top('logging trap'), values: ['6'] },
  { title: 'inside a block', text: 'line con 0\n exec-timeout 0 0\nline vty 0 4\n exec-timeout 5 0\n', at: below('line con 0', 'exec-timeout'), besides: below('line vty 0 4', 'exec-timeout'), values: ['10 0', 'no'] },
  { title: 'absent inside a block', text: 'line con 0\n\tlogin local\nline vty 0 4\n exec-timeout 5 0\n', at: below('line con 0', 'exec-timeout'), besides: below('line vty 0 4', 'exec-timeout'), values: ['10 0', 'no'] },
  { title: 'absent in a block with nothing below it', text: 'interface Vlan1\ninterface Vlan2\n shutdown\n', at: below('interface vlan1', 'description'), besides: below('interface vlan2', 'shutdown'), values: ['ward 3'] },
  { title: 'two blocks deep', text: 'archive\n log config\n  hidekeys\n path flash:a\nend\n', at: below('archive', 'logging size', 'log config'), besides: below('archive', 'path'), values: ['100', 'no'] },
  { title: 'a banner is not read', text: 'banner motd ^C\nip ssh version 1\n^C\nhostname a\nend\n', at: top('ip ssh version'), besides: top('hostname'), values: ['2'] },
  { title: 'a banner on one line', text: 'banner login #keep out#\nip ssh version 1\n', at: top('ip ssh version'), besides: top('banner'), values: ['2'] },
  { title: 'an unclosed banner hides nothing', text: 'banner motd ^C\nhello\nip ssh version 1\n', at: top('ip ssh version'), values: ['2'] },
  { title: 'a banner that ends in EOF', text: 'banner motd\nip ssh version 1\nEOF\nhostname a\n', at: top('ip ssh version', leaf), besides: top('hostname', leaf), values: ['2'] },
  { title: 'a certificate is not read', text: 'crypto pki certificate chain A\n certificate self-signed 01\n  3082022B 30820194\n  ABCDEF01 2A\n  \tquit\nhostname a\nend\n', at: top('hostname'), besides: below('crypto pki certificate chain a', 'certificate'), values: ['b'] },
];

export default examples;

/** Templates fill values in when a device is set up. */
export const elsewhere = (): readonly string[] => ['{{ site_value }}', '${SITE_VALUE}', '<site-value>'];
