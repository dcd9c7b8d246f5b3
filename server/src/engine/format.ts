import type { Analysis, Surroundings } from './analysis.js';
import type { Concept, Fact, Fields } from './concept.js';
import type { Embedded } from './embedded.js';
import type { Span } from './text.js';

/** How one format states one concept. */
export interface Lowering<Tree = any, T = any, About = any> {
  readonly concept: Concept<T, About>;
  lower(tree: Tree, analysis: Analysis<Tree>): readonly (Fact & About & Fields<T>)[];
}

/** Pairs a concept with the function that finds its facts in a tree. */
export function lowering<Tree, T, About>(concept: Concept<T, About>, lower: Lowering<Tree, T, About>['lower']): Lowering<Tree, T, About> {
  return { concept, lower };
}

/**
 * Which files are of a format: globs by name alone, or globs with what the text must contain. A name alone is a
 * claim on every such file, so ambiguous names (`*.conf`, `*.yaml`) need `saying`.
 */
export type Claim = string | { readonly named: readonly string[]; readonly saying: RegExp | ((head: string) => boolean) };

/** A comment of the file, in the notation's own syntax: where exceptions may stand. `text` is without the marker. */
export interface Comment extends Span {
  readonly text: string;
}

/** Something that other files of the workspace may ask about. Serialisable; holds no secret and no span. */
export interface Export<T = unknown> {
  readonly kind: ExportKind<T>;
  /** Who may ask: the folder, the namespace. */
  readonly key: string;
  readonly value: T;
}

/** A kind of thing that files tell each other. */
export interface ExportKind<T> {
  readonly name: string;
  readonly type?: T;
}

/**
 * A stretch of a file that is judged as if it were a file of its own: nothing in it bears on what stands elsewhere. It is
 * known by its text, so that an edit elsewhere in the file leaves what was found in it as it is.
 */
export interface Part<Tree = any> {
  /** Where it begins in the file. */
  readonly at: number;
  readonly text: string;
  /** What else of the file decides how it is judged: parts of the same text and context are judged alike. */
  readonly context: string;
  /** Reads the part from its text, with offsets from its start; a view has those of the file. */
  read(text: string): Tree;
  /** What is read is a view of the tree of the file, which states nothing of what the other parts state. */
  readonly isView?: true;
}

/** How a file falls apart. `rest` is a tree of the whole file that states nothing of what its parts state. */
export interface Parts<Tree = any> {
  readonly rest?: Tree;
  readonly parts: readonly Part<Tree>[];
}

/**
 * What a statement of a file takes in as a part of that file: where it may lie, as paths and globs from the root, likeliest
 * first. The first that is there counts.
 */
export type Inclusion = readonly string[];

export interface Format<Tree = any> {
  /** The product as it calls itself: `OpenSSH server`. */
  readonly title: string;
  readonly files: readonly Claim[];
  /** Language identifiers of editors whose documents are of this format whatever their name. */
  readonly languages?: readonly string[];
  /** Never throws: a broken file yields the tree that could be read. `previous` is the tree before an edit. */
  parse(text: string, previous?: Tree): Tree;
  /**
   * The parts of a long file, for formats whose files grow so long that a keystroke cannot judge all of them. Judged whole
   * or in parts, a file must be found to say the same.
   */
  parts?(tree: Tree): Parts<Tree> | undefined;
  /** The file as it holds amid others, which may have a say in what is there. Must cost nothing until it is asked. */
  amid?(tree: Tree, path: string, surroundings: Surroundings): Tree;
  /** Why what the file leaves out may be stated in another, as a clause: then no default is known to hold. */
  elsewhere?(path: string, surroundings: Surroundings): string | undefined;
  /** The documents of other formats that stand inside the file: each is judged as one of its own, and what is found keeps its place. */
  embedded?(tree: Tree, analysis: Analysis<Tree>): readonly Embedded[];
  /** The comments of the file; asked only where the text mentions this product. */
  comments(tree: Tree): readonly Comment[];
  /** How a line comment is written, for the action that records an exception; none where the notation has no comments. */
  comment?(text: string): string;
  readonly facts: readonly Lowering<Tree>[];
  /** The file decides how a whole device behaves: what its passcode, lock, encryption and updates come to is shown in one table. */
  readonly devicePolicy?: boolean;
  /**
   * The files that the program reads as parts of this one, wherever in it they are named: each is judged by itself as a file of
   * this format, whatever its name, unless a format claims it.
   */
  includes?(tree: Tree, path: string): readonly Inclusion[];
  /** What this file tells others. Must not ask others. */
  exports?(tree: Tree, path: string): readonly Export[];
}

/** Declares a format. Its name is the name of its folder. */
export function format<Tree>(declared: Format<Tree>): Format<Tree> {
  return declared;
}
