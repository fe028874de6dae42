import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './document-view.module.css';
import type { Block, Cell, Inline } from './parse-document.ts';

/** A document as elements: its text is never taken for HTML. */
export function DocumentView({ blocks }: { readonly blocks: readonly Block[] }) {
  return <div className={classes.document}>{blocks.map(toElement)}</div>;
}

function toElement(block: Block, index: number): ReactNode {
  switch (block.kind) {
    case 'heading':
      return <h2 key={index}>{toText(block.content)}</h2>;
    case 'paragraph':
      return <p key={index}>{toText(block.content)}</p>;
    case 'code':
      return (
        // It may be wider than the page, and must then be scrolled with the keyboard as well.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre key={index} tabIndex={0}>
          {block.text}
        </pre>
      );
    case 'list': {
      const items = block.items.map((item, at) => <li key={at}>{item.map(toElement)}</li>);
      return block.isOrdered ? <ol key={index}>{items}</ol> : <ul key={index}>{items}</ul>;
    }
    case 'table':
      return (
        <table key={index}>
          <thead>
            <tr>
              {block.head.map((cell, at) => (
                <th key={at} scope="col">
                  {toText(cell)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  <td key={column}>{toText(cell)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

function toText(content: Cell): ReactNode {
  return content.map(toInline);
}

function toInline(part: Inline, index: number): ReactNode {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'code':
      return <code key={index}>{part.text}</code>;
    case 'strong':
      return <strong key={index}>{toText(part.content)}</strong>;
    case 'link': {
      // Other documents are not part of the pages; their names say where to look.
      const code = /^(\w+)\.md$/.exec(part.target)?.[1];
      return code === undefined || code === 'README' ? (
        toText(part.content)
      ) : (
        <Link key={index} to="/problems/$code" params={{ code }}>
          {toText(part.content)}
        </Link>
      );
    }
  }
}
