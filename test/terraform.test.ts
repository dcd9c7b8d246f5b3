/** What expressions of Terraform come to: as `terraform console` of version 1.9 says, or not told. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { majorsOf } from '#formats/terraform/module-files.js';
import { scopeOf } from '#formats/terraform/scope.js';
import type { Value } from '#formats/terraform/values.js';
import { parseHcl } from '#notations/hcl.js';

const names = `
variable "nobody" {}
variable "sizes" { default = { small = 1, large = 4 } }
locals {
  wards = ["a", "b", "c"]
  rooms = { x = { beds = 2 }, y = { beds = 5 } }
}
`;

function plain(value: Value): unknown {
  switch (value.is) {
    case 'null':
      return null;
    case 'scalar':
      return value.text;
    case 'list':
      return value.items.map(plain);
    case 'object':
      return Object.fromEntries(value.entries.map(([name, one]) => [name, plain(one)]));
    default:
      return value.is;
  }
}

function comesTo(expression: string): unknown {
  const file = parseHcl(`${names}\nlocals {\n  it = ${expression}\n}\n`);
  return plain(scopeOf({ file, path: 'main.tf' }).local('it')!);
}

const cases: readonly (readonly [expression: string, value: unknown])[] = [
  ['[for ward in local.wards : upper(ward) if ward != "b"]', ['A', 'C']],
  ['[for i, ward in local.wards : "${i}-${ward}"]', ['0-a', '1-b', '2-c']],
  ['{ for name, room in local.rooms : name => room.beds }', { x: '2', y: '5' }],
  ['{ for ward in ["a", "b", "a"] : ward => 1... }', { a: ['1', '1'], b: ['1'] }],
  ['[for room in values(local.rooms) : room.beds > 2]', ['false', 'true']],
  ['local.rooms["y"].beds + 1', '6'],
  ['local.rooms[local.wards[0] == "a" ? "x" : "y"].beds', '2'],
  ['values(local.rooms)[*].beds', ['2', '5']],
  ['(local.wards)[1]', 'b'],
  ['{ a = 1 }["a"]', '1'],
  ['merge({ a = 1, b = 2 }, { b = 3 })', { a: '1', b: '3' }],
  ['merge([{ a = 1 }, { c = 2 }]...)', { a: '1', c: '2' }],
  ['merge({ a = 1 }, var.nobody).a', 'unknown'],
  ['merge(var.nobody, { a = 1 }).a', '1'],
  ['concat(["a"], ["b", ["c"]])', ['a', 'b', ['c']]],
  ['flatten([["a"], [["b"]]])', ['a', 'b']],
  ['lookup(local.rooms, "z", "none")', 'none'],
  ['try(local.rooms.z.beds, 7)', '7'],
  ['try(var.nobody.beds, 7)', 'unknown'],
  ['can(local.rooms.z)', 'false'],
  ['coalesce(null, "", "last")', 'last'],
  ['coalesce(null, var.nobody, "last")', 'unknown'],
  ['coalescelist([], ["a"])', ['a']],
  ['compact(["", "a", null])', ['a']],
  ['distinct(["a", "b", "a"])', ['a', 'b']],
  ['toset(["b", "a", "b"])', ['a', 'b']],
  ['element(local.wards, 4)', 'b'],
  ['slice(local.wards, 1, 3)', ['b', 'c']],
  ['range(1, 6, 2)', ['1', '3', '5']],
  ['zipmap(local.wards, range(3))', { a: '0', b: '1', c: '2' }],
  ['keys(local.rooms)', ['x', 'y']],
  ['length(local.wards)', '3'],
  ['contains(keys(var.sizes), "small")', 'true'],
  ['contains([var.nobody], "small")', 'unknown'],
  ['one([])', null],
  ['join("-", ["a", "b"])', 'a-b'],
  ['split(",", "a,b")', ['a', 'b']],
  ['format("%s:%d", "a", 2)', 'a:2'],
  ['format("%s:%s", "a", var.nobody)', 'partial'],
  ['formatlist("%s/32", ["10.0.0.1", "10.0.0.2"])', ['10.0.0.1/32', '10.0.0.2/32']],
  ['jsondecode("{\\"a\\": [1, true]}").a', ['1', 'true']],
  ['cidrsubnet("10.0.0.0/8", 8, 2)', '10.2.0.0/16'],
  ['cidrhost("10.0.0.0/8", 5)', '10.0.0.5'],
  ['setproduct(["a"], [1, 2])', [['a', '1'], ['a', '2']]],
  ['setsubtract(["a", "b"], ["b"])', ['a']],
  ['alltrue([true, var.nobody])', 'unknown'],
  ['length(local.wards) == 3 && !contains(local.wards, "z")', 'true'],
  ['var.nobody == null ? 1 : 1', '1'],
  ['var.nobody || true', 'true'],
  ['trimprefix("ward-a", "ward-")', 'a'],
  ['sum([1, 2, 3])', '6'],
  ['max(1, 5, 3)', '5'],
  ['timestamp()', 'unknown'],
  ['[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]', 'unknown'],
];

describe('what expressions of Terraform come to', () => {
  for (const [expression, value] of cases) test(expression, () => assert.deepEqual(comesTo(expression), value));

  test('an expression that is not complete is passed over as a whole', () => {
    const { body } = parseHcl('locals {\n  a = [for x in [1, 2] x]\n  b = { for k, v in { a = 1 } : v }\n  c = 3\n}\n');
    assert.deepEqual(body.blocks[0]!.body.attributes.map(({ name, value }) => [name, value.kind]), [['a', 'opaque'], ['b', 'opaque'], ['c', 'literal']]);
  });
});

describe('the releases of a provider that constraints allow', () => {
  const releases: readonly (readonly [constraints: readonly string[], least: number, greatest: number])[] = [
    [[], 0, Infinity], [['~> 3.0'], 3, 3], [['~> 3.100.1'], 3, 3], [['~> 4'], 4, Infinity], [['>= 3.40, < 5.0'], 3, 4], [['>= 3.40, < 4.2'], 3, 4], [['5.1.0'], 5, 5], [['= 4.0'], 4, 4], [['!= 4.0'], 0, Infinity],
    [['>= 4'], 4, Infinity], [['<= 5'], 0, 5], [['>= 4', '< 6'], 4, 5], [['latest'], 0, Infinity],
  ];
  for (const [constraints, least, greatest] of releases) test(constraints.join(' and ') || 'none', () => assert.deepEqual(majorsOf(constraints), { least, greatest }));
});
