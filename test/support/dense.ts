/** Files of a format that are full of findings: what a keystroke costs at worst, where examples joined together hide each other. */
import { analyse } from '#engine/analysis.js';
import { lint } from '#engine/lint.js';
import { registry } from '#registry/registry.generated.js';
import { blocks } from './growth.js';
import { workload, type Workload } from './workload.js';

/** A file with a finding in every so many lines is dense. */
export const linesPerFinding = 5;

interface Dense extends Workload {
  /** How many lines stand for each finding; more than {@link linesPerFinding} where no example gives a denser file. */
  readonly sparseness: number;
}

/** So many lines tell how dense a long file would be. */
const sample = 200;

/** The densest file of about so many lines that the examples of a format give: all of them joined, or one block under many names. */
export function dense(format: string, lines: number): Dense | undefined {
  const joined = workload(format, lines);
  if (!joined) return undefined;
  const whole = sparsenessOf(joined);
  if (whole <= linesPerFinding) return { ...joined, sparseness: whole };
  const repeated = blocks(format).map(({ files }) => {
    const build = (times: number): Workload => {
      const [[path, text]] = [...files(times)] as [[string, string]];
      return { format, path, text };
    };
    const few = build(2);
    const each = Math.max(1, build(3).text.split('\n').length - few.text.split('\n').length);
    return { build, each, sparseness: sparsenessOf(build(Math.ceil(sample / each))) };
  }).sort((a, b) => a.sparseness - b.sparseness)[0];
  const best = repeated?.build(Math.ceil(lines / repeated.each));
  const found = best && sparsenessOf(best);
  return found !== undefined && found < whole ? { ...best!, sparseness: found } : { ...joined, sparseness: whole };
}

function sparsenessOf({ format, path, text }: Workload): number {
  const { findings } = lint(analyse(format, registry.formats.get(format)!, path, text), registry);
  return (text.split('\n').length - 1) / findings.length;
}
