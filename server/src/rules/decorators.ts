import type { DecoratorSite, FileFacts, RangedText } from "../facts/model.ts";
import { nameByImports } from "../project/resolve/modules.ts";

/** A decorator as its words and the file's imports tell it. */
export interface NamedDecorator {
  /** As written, without its arguments: `contextlib.contextmanager`. */
  readonly name: string;
  /** By the module it is imported from; a builtin or unknown name stays as it is written. */
  readonly qualifiedName: string;
  readonly decorator: RangedText;
}

/** The decorators between a lock and its function, topmost first. */
export function decoratorsBelow(file: FileFacts, site: DecoratorSite): readonly NamedDecorator[] {
  return decoratorsOf(file, site)
    .filter(({ range }) => site.decoratorRange.end <= range.start)
    .map((decorator) => named(file, decorator));
}

export function decoratorsAbove(file: FileFacts, site: DecoratorSite): readonly NamedDecorator[] {
  return decoratorsOf(file, site)
    .filter(({ range }) => range.end <= site.decoratorRange.start)
    .map((decorator) => named(file, decorator));
}

function decoratorsOf(file: FileFacts, { target }: DecoratorSite): readonly RangedText[] {
  return target === undefined
    ? []
    : (file.decorators.find(({ range }) => range.start === target.range.start)?.decorators ?? []);
}

function named(file: FileFacts, decorator: RangedText): NamedDecorator {
  const name = /^@\s*([\w.]*)/.exec(decorator.text)?.[1] ?? "";
  return { name, qualifiedName: nameByImports(file, name), decorator };
}
