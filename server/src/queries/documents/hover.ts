import { positionAt } from "../../base/line-index.ts";
import type { Drift } from "../../catalog/drift.ts";
import { filesNamed, namesOf, writtenName } from "../../catalog/join.ts";
import type { OtherFile } from "../../catalog/model.ts";
import { type EntryVerdict, entryVerdict, otherFileVerdict } from "../../catalog/verdicts.ts";
import type { NamedSite } from "../../project/named-sites.ts";
import type { ProjectIndex } from "../../project/project-index.ts";
import { sitesOf } from "../../project/sites.ts";
import type { HoverAnswer } from "../hover.ts";
import type { Block, Span, Text } from "../markup.ts";
import { code, counted, paragraph, strong } from "../markup.ts";
import type { DocumentSource } from "./lookup.ts";
import { entryAt, otherFileAt } from "./lookup.ts";

/** An entry with its lock in the code, and whether the two agree; a mentioned file with its number of locks. */
export function hover(index: ProjectIndex, source: DocumentSource, offset: number): HoverAnswer | undefined {
  const file = otherFileAt(source, offset);
  if (file !== undefined) {
    return { range: file.range, blocks: [fileParagraph(index, source, file)] };
  }
  const entry = entryAt(source, offset);
  return entry && { range: entry.range, blocks: entryBlocks(index, entryVerdict(index, { entry, source })) };
}

function entryBlocks(index: ProjectIndex, verdict: EntryVerdict): readonly Block[] {
  const sites = verdict.sites.map((named) => siteText(index, named));
  const functions = verdict.functions.map(({ file, range, name }): Text => {
    const place = { path: file.path, range };
    return [
      { kind: "place", text: lineName(file, range.start), place },
      " ",
      code(name),
      ": no lock is seen",
    ];
  });
  const guards = verdict.guards.map(({ file, guard }): Text => {
    const place = { path: file.path, range: guard.range };
    return [
      { kind: "place", text: lineName(file, guard.range.start), place },
      " ",
      code(guard.functionName),
      `: guard on a status${guard.requirements.length === 0 ? "" : ", expects "}`,
      ...guard.requirements.flatMap(({ column, sources }, at): readonly Span[] => [
        at === 0 ? "" : ", ",
        code(`${column}: ${sources.join(" or ")}`),
      ]),
    ];
  });
  const items = [...verdict.drifts.map(driftText), ...sites, ...guards, ...functions];
  return [
    paragraph(strong(verdict.entry.title.text), " — ", statusWords(verdict)),
    ...(items.length === 0 ? [] : [{ kind: "list" as const, items }]),
  ];
}

function statusWords({ status }: EntryVerdict): string {
  switch (status) {
    case "agrees":
      return "the code agrees";
    case "differs":
      return "the code differs";
    case "missing-file":
      return "the file does not exist";
    case "missing-function":
      return "a function does not exist";
    case "unresolved":
      return "the code does not tell enough";
  }
}

function driftText(drift: Drift): Text {
  switch (drift.kind) {
    case "missing-file":
    case "missing-function":
      return [code(drift.documented), " does not exist"];
    case "other-function":
      return ["the lock is taken in ", code(drift.actual)];
    case "scope":
      return ["the scope is ", strong(drift.actual), `, not ${drift.documented}`];
    case "name":
      return ["the name is ", ...drift.actual.flatMap((name, at) => [at === 0 ? "" : " or ", code(name)])];
  }
}

function siteText(index: ProjectIndex, named: NamedSite): Text {
  const { file, site } = named;
  const rendered = namesOf(index, named);
  const names = rendered.length === 0 ? [writtenName(named) ?? []].flat() : rendered;
  return [
    { kind: "place", text: lineName(file, site.range.start), place: { path: file.path, range: site.range } },
    " ",
    code(site.functionName === "" ? site.use.api.id : site.functionName),
    `: ${site.scope === "unknown" ? "lock" : `${site.scope} lock`}`,
    ...names.flatMap((name, at): readonly Span[] => [at === 0 ? " " : " or ", code(name)]),
  ];
}

function fileParagraph(index: ProjectIndex, source: DocumentSource, file: OtherFile): Block {
  switch (otherFileVerdict(index, source, file).status) {
    case "locks": {
      const sites = filesNamed(index, source, file.file).flatMap((facts) => sitesOf(index, facts));
      return paragraph(code(file.file), ` takes locks at ${counted(sites.length, "site")}`);
    }
    case "no-locks":
      return paragraph("No lock is seen in ", code(file.file));
    case "missing-file":
      return paragraph(code(file.file), " does not exist");
  }
}

function lineName(file: NamedSite["file"], offset: number): string {
  const fileName = file.path.slice(file.path.lastIndexOf("/") + 1);
  return `${fileName}:${positionAt(file.lines, offset).line + 1}`;
}
