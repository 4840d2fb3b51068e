import { Fragment, type ReactNode } from "react";
import { parseBlocks, type Block } from "./parse-blocks";
import { parseAddresses, parseInline, type InlinePiece } from "./parse-inline";

/**
 * Text of a model, with its Markdown shown as what it means. Everything is a `<span>`, so that it
 * fits into a paragraph, and React's own text: nothing of a model becomes HTML.
 */
export function MarkdownText({ source }: { source: string }) {
  const blocks = parseBlocks(source);
  const [only] = blocks;
  if (blocks.length === 1 && only?.type === "paragraph")
    return <Pieces of={parseInline(only.text)} />;
  return blocks.map((block, index) => <BlockText key={index} block={block} />);
}

/** Text of people, as it is but for addresses, which can be followed. */
export function LinkedText({ source }: { source: string }) {
  return <Pieces of={parseAddresses(source)} />;
}

function BlockText({ block }: { block: Block }) {
  switch (block.type) {
    case "paragraph":
      return (
        <span className="block not-first:mt-2">
          <Pieces of={parseInline(block.text)} />
        </span>
      );
    case "heading":
      return (
        <span className="block font-semibold not-first:mt-2">
          <Pieces of={parseInline(block.text)} />
        </span>
      );
    case "item":
      return (
        <span
          className="grid grid-cols-[1.5em_minmax(0,1fr)]"
          style={{ marginLeft: `${block.depth * 1.5}em` }}
        >
          <span>{`${block.marker} `}</span>
          <span>
            <Pieces of={parseInline(block.text)} />
          </span>
        </span>
      );
    case "code":
      return (
        <code className="my-2 block overflow-x-auto rounded-lg bg-raised px-3 py-2 font-mono text-sm whitespace-pre">
          {block.text}
        </code>
      );
  }
}

function Pieces({ of: pieces }: { of: readonly InlinePiece[] }) {
  return pieces.map((piece, index) => <Fragment key={index}>{pieceText(piece)}</Fragment>);
}

function pieceText(piece: InlinePiece): ReactNode {
  switch (piece.type) {
    case "text":
      return piece.text;
    case "code":
      return <code className="rounded bg-raised px-1 font-mono text-[0.875em]">{piece.text}</code>;
    case "strong":
      return (
        <strong className="font-semibold">
          <Pieces of={piece.pieces} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Pieces of={piece.pieces} />
        </em>
      );
    case "link":
      return (
        <a
          href={piece.address}
          // A new tab, so that the room stays open; told nothing of where it was opened.
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="underline decoration-line-strong underline-offset-4 hover:decoration-ink"
        >
          {piece.text}
        </a>
      );
  }
}
