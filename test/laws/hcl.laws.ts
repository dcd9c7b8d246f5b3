import { parseHcl } from '#notations/hcl.js';
import { attributeSlot } from '#notations/hcl-slots.js';
import type { LawExample } from '../support/law.js';

const in1st = (...path: readonly string[]) => (text: string) => {
  const file = parseHcl(text);
  return attributeSlot(file, file.body.blocks[0]!, path);
};
const inLast = (...path: readonly string[]) => (text: string) => {
  const file = parseHcl(text);
  return attributeSlot(file, file.body.blocks.at(-1)!, path);
};

const volume = 'resource "aws_ebs_volume" "data" {\n  size      = 40 # GiB\n  encrypted = false\n\n  tags = {\n    Name = "data"\n  }\n}\n';

const examples: readonly LawExample[] = [
  { title: 'a stated value', text: volume, at: in1st('encrypted'), besides: in1st('size'), values: ['true', 'false'] },
  { title: 'an absent value behind an object', text: volume, at: in1st('type'), besides: in1st('encrypted'), values: ['gp3', 'two "words" and ${none}', 'C:\\temp\n'] },
  { title: 'a quoted number stays quoted', text: 'resource "a_b" "c" {\n  port = "80"\n}\n', at: in1st('port'), values: ['443'] },
  { title: 'an object as a block', text: volume, at: in1st('tags', 'Name'), besides: in1st('size'), values: ['other'] },
  { title: 'absent in an object', text: volume, at: in1st('tags', 'Owner'), besides: in1st('tags', 'Name'), values: ['ward'] },
  { title: 'an empty block on one line', text: 'resource "a_b" "c" {}\nresource "a_b" "d" {}\n', at: in1st('x'), besides: inLast('x'), values: ['true'] },
  { title: 'an empty block on two lines', text: 'resource "a_b" "c" {\n}\n', at: in1st('x'), values: ['true', 'a b'] },
  { title: 'a block with one attribute on one line', text: 'resource "a_b" "c" {\n  versioning { mfa_delete = false }\n}\n', at: in1st('versioning', 'enabled'), besides: in1st('versioning', 'mfa_delete'), values: ['true'] },
  { title: 'a missing block', text: volume, at: in1st('metadata_options', 'http_tokens'), besides: in1st('size'), values: ['required'] },
  { title: 'two missing blocks', text: volume, at: in1st('a', 'b', 'c'), besides: in1st('size'), values: ['1'] },
  { title: 'a missing block inside one that is there', text: 'resource "a_b" "c" {\n  a {\n    x = 1\n  }\n}\n', at: in1st('a', 'b', 'c'), besides: in1st('a', 'x'), values: ['1'] },
  { title: 'carriage returns', text: volume.replaceAll('\n', '\r\n'), at: in1st('metadata_options', 'http_tokens'), besides: in1st('encrypted'), values: ['required'] },
  { title: 'tabs', text: 'resource "a_b" "c" {\n\tx = 1\n}\n', at: in1st('yy'), besides: in1st('x'), values: ['2'] },
  { title: 'a list of objects', text: 'resource "a_b" "c" {\n  rule = [{ port = 80, proto = "tcp" }]\n}\n', at: in1st('rule', 'port'), besides: in1st('rule', 'proto'), values: ['443'] },
  { title: 'absent in a list of objects', text: 'resource "a_b" "c" {\n  rule = [{ port = 80, proto = "tcp" }]\n}\n', at: in1st('rule', 'from'), besides: in1st('rule', 'proto'), values: ['443'] },
  { title: 'behind heredocs', text: 'resource "a_b" "c" {\n  policy = <<-EOF\n    { "x": "${var.a}" }\n    EOF\n  x = 1\n}\n', at: in1st('x'), values: ['3'] },
  { title: 'absent behind a heredoc', text: 'resource "a_b" "c" {\n  x = 1\n  policy = <<EOF\n{ "x": "}" }\nEOF\n}\n', at: in1st('y'), besides: in1st('x'), values: ['3'] },
  { title: 'comments of each kind', text: '/* a { */\nresource "a_b" "c" { # one {\n  // x = 1\n  x = 2 // y\n}\n', at: in1st('x'), values: ['3'] },
  { title: 'a file without a last line end', text: 'resource "a_b" "c" {\n  x = 2\n}', at: in1st('y'), besides: in1st('x'), values: ['3'] },
];

export default examples;

/** What only a plan knows; in JSON it stands in strings. */
export const elsewhere = (_value: string, text: string): readonly string[] =>
  ['var.site_value', 'local.site_value', 'data.external.site.result', 'each.value.site', 'module.site.value']
    .map((expression) => (text.trimStart().startsWith('{') ? `"\${${expression}}"` : expression));
