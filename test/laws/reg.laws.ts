import { parseReg } from '#notations/reg.js';
import type { RegistryType } from '#notations/windows-registry.js';
import type { LawExample } from '../support/law.js';

const at = (key: string, name: string, type: RegistryType = 'dword') => (text: string) => parseReg(text).value(key, name, type);
const lsa = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa';
const file = 'Windows Registry Editor Version 5.00\r\n\r\n; note\r\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Lsa]\r\n"NoLMHash"=dword:00000000\r\n"Path \\"a\\" \\\\b"="C:\\\\x"\r\n'
  + '"List"=hex(7):61,00,62,00,00,00,\\\r\n  63,00,00,00,00,00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Other]\r\n@="x"\r\n';

const examples: readonly LawExample[] = [
  { title: 'a number', text: file, at: at(lsa, 'nolmhash'), besides: at(lsa, 'List', 'list'), values: ['1', '4294967295'] },
  { title: 'a number with a comment behind it', text: file.replace('00000000', '00000000 ; why'), at: at(lsa, 'NoLMHash'), besides: at(lsa, 'List', 'list'), values: ['1'] },
  { title: 'text behind a name with quotes', text: file, at: at(lsa, 'Path "a" \\b', 'text'), besides: at(lsa, 'NoLMHash'), values: ['D:\\y "z"', ''] },
  { title: 'a list on two lines', text: file, at: at(lsa, 'List', 'list'), besides: at('HKLM\\SOFTWARE\\Other', '', 'text'), values: ['a', 'a\nbc', ''] },
  { title: 'an absent value of a key', text: file, at: at(lsa, 'RunAsPPL'), besides: at('HKLM\\SOFTWARE\\Other', '', 'text'), values: ['1'] },
  { title: 'an absent key', text: file.trimEnd(), at: at('HKLM\\SOFTWARE\\New', 'A', 'text'), besides: at(lsa, 'NoLMHash'), values: ['1'] },
  { title: 'another control set', text: file.replace('CurrentControlSet', 'ControlSet001'), at: at(lsa, 'NoLMHash'), values: ['1'] },
  { title: 'a value that is deleted', text: file.replace('"NoLMHash"=dword:00000000', '"NoLMHash"=-'), at: at(lsa, 'NoLMHash'), values: ['1'] },
  { title: 'version 4', text: 'REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Lsa]\n"List"=hex(7):61,00,00\n', at: at(lsa, 'List', 'list'), values: ['ab\nc'] },
];

export default examples;
