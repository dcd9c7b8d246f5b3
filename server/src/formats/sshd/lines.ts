import { sharedReading, statedIn } from '#engine/shared.js';
import { parseDirectives, sections, type Dialect, type Directive, type Directives, type Section } from '#notations/directives.js';

/** sshd_config(5); one `=` may stand between keyword and argument, keywords and most arguments are read without regard to case (observed with 9.2). */
export const dialect: Dialect = { comment: '#', trailingComments: true, assignment: 'either', separator: ' ', quotes: '"', foldCase: true };

export const parse = (text: string): Directives => parseDirectives(text, dialect);

export const isMatch = ({ name }: Directive) => name === 'match';

/** The lines before the first `Match`. */
export const globalLines = (file: Directives): Section => sections(file, isMatch)[0]!;

/** The keywords that files state for everyone, each file read once for all that include it or stand beside it. */
export const keywords = statedIn('keywords of sshd', (text) => new Set(globalLines(parse(text)).directives.map(({ name }) => name)));

/** A file that includes many is read once for all of them. */
export const reading = sharedReading('files of sshd', parse);
