import { Channel, type ChannelFields } from '#concepts/channel.js';
import { DatabaseAccount } from '#concepts/database-account.js';
import { isThisMachine } from '#concepts/network-names.js';
import { Secret, keptOf } from '#concepts/secret.js';
import { format, lowering } from '#engine/format.js';
import { known, undetermined } from '#engine/setting.js';
import { isAdministrator } from '#notations/jdbc.js';
import { parseIni, sectionsNamed, slot, type Ini } from '#notations/ini.js';

/** The section the server is told to read; its own example files all name it so. */
const main = 'sscscp';
const last = { wins: 'last' } as const;
const isOn = (file: Ini, name: string) => slot(file, main, name, last).raw === '1';
const varies = (text: string) => /\$|%\w+%|\{\{/.test(text);

/** Passwords, with those of the manual, of the program (configpacs.cpp of 1.4.18) and of the shipped web pages (dicom.ini of 1.5.0). */
const credentials = [
  { name: 'Password', what: 'the password of the image database', shipped: ['conquest', 'postgres', 'root', 'password'] },
  { name: 'admin_password', what: 'the password of the web administrator', shipped: ['password'] },
  { name: 'teacher_password', what: 'the password of the web pages for teachers', shipped: ['teacher'] },
  { name: 'student_password', what: 'the password of the web pages for students', shipped: ['student'] },
  { name: 'moodle_password', what: 'the password of the web pages for Moodle', shipped: ['moodle'] },
];

export default format<Ini>({
  title: 'Conquest DICOM server',
  files: [{ named: ['**/dicom.ini', '**/dicom.ini.*', '**/dicom*.ini'], saying: /^[ \t]*\[sscscp\]/im }],
  parse: (text) => parseIni(text),
  comments: (file) => file.comments,
  comment: (text) => `# ${text}`,
  facts: [
    lowering(Channel, (file) => {
      const port = slot(file, main, 'TCPPort', last);
      const host = slot(file, main, 'SQLHost', last);
      const remote = isOn(file, 'PostGres') || isOn(file, 'MySQL');
      return [
        ...(port.raw === undefined || sectionsNamed(file, main).length === 0 ? [] : [{
          label: 'The Conquest DICOM server', span: port.span, role: 'listens' as const, protocol: 'dicom', port: Number(port.raw) || undefined,
          protection: known<ChannelFields['protection']>('none', port.span),
        }]),
        ...(remote && host.raw ? [{
          label: 'The connection to the image database', span: host.span, role: 'connects' as const, protocol: isOn(file, 'MySQL')
            ? 'mysql'
            : 'postgresql', address: varies(host.raw)
            ? undefined
            : host.raw,
          reach: varies(host.raw) ? undetermined(host.span, 'a variable names the database server') : known<ChannelFields['reach']>(
            isThisMachine(host.raw) ? 'loopback' : 'network', host.span
          ),
          protection: undetermined(host.span, 'the database server decides whether it takes connections in clear'),
        }] : []),
      ];
    }),
    lowering(DatabaseAccount, (file) => {
      const { raw, span } = slot(file, main, 'Username', last);
      const driver = isOn(file, 'PostGres') ? 'postgresql' : isOn(file, 'MySQL') ? 'mysql' : undefined;
      if (driver === undefined || raw === undefined || varies(raw)) return [];
      return [{ label: 'The Conquest DICOM server', span, administrator: known(isAdministrator(driver, raw), span) }];
    }),
    lowering(Secret, (file) => credentials.flatMap(({ name, what, shipped }) => {
      const { raw, span } = slot(file, main, name, last);
      if (raw === undefined || raw === '' || (name === 'Password' && isOn(file, 'SqLite'))) return [];
      const kept = keptOf(raw, varies, (said) => shipped.includes(said));
      return [{ label: 'This file', span, what, kept: known(kept, span) }];
    })),
  ],
});
