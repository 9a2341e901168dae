import { counted, grouped } from '../words.ts';
import { type Content, type Html, html } from './html.ts';

/** A column of a table. */
export type Column<Row> = {
  readonly head: string;
  readonly cell: (row: Row) => Content;
  /** Numbers stand to the right; names are not broken into lines. */
  readonly as?: 'number' | 'name';
};

/** An order in which a table can be read; `by` gives what is compared, in the order of the column with this head. */
export type Order<Row> = {
  readonly head: string;
  readonly direction: 'ascending' | 'descending';
  readonly by: (row: Row) => string | number;
};

/** A table that can be sorted. */
export type Sortable<Row> = {
  /** Unique on the page. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** The first is how the table is shown at first. */
  readonly orders: readonly Order<Row>[];
  /** So many rows are shown, of each order its own first. */
  readonly most: number;
  /** The file that has all rows. */
  readonly file: string;
};

/** No table has more; the style knows as many. */
export const MOST_ORDERS = 6;

/**
 * A table that sorts without a script: it is there once for each order, and radio buttons choose the one that shows. So what
 * is read aloud, selected and printed is in the order that is seen, which reordering by style alone does not give.
 */
export function sortable<Row>(table: Sortable<Row>): Html {
  const orders = table.rows.length < 2 ? table.orders.slice(0, 1) : table.orders.slice(0, MOST_ORDERS);
  const tables = orders.map((order) => tableIn(table, order));
  return html`<div class="sortable ${table.file.replace('.csv', '')}">
${orders.length > 1 ? choice(table, orders) : undefined}
<div class="scroll" role="region" tabindex="0" aria-label="${table.caption}">${tables}</div>
${note(table)}
</div>`;
}

function choice<Row>({ id, caption }: Sortable<Row>, orders: readonly Order<Row>[]): Html {
  const radios = orders.map(
    ({ head }, index) =>
      html`<label><input type="radio" name="sort-${id}"${index === 0 ? html` checked` : undefined}>${head}</label>`,
  );
  return html`<fieldset class="sorts"><legend>Sort by<span class="aside">: ${caption}</span></legend>${radios}</fieldset>`;
}

function tableIn<Row>({ caption, columns, rows, most }: Sortable<Row>, order: Order<Row>): Html {
  const shown = rows.toSorted(comparing(order)).slice(0, most);
  return html`<table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => headOf(column, order))}</tr></thead>
<tbody>${shown.map((row) => html`<tr>${columns.map((column) => cellOf(column, row))}</tr>\n`)}</tbody>
</table>`;
}

function headOf<Row>({ head, as }: Column<Row>, order: Order<Row>): Html {
  const sorted = head === order.head ? html` aria-sort="${order.direction}"` : undefined;
  return html`<th scope="col"${classOf(as)}${sorted}>${head}</th>`;
}

function cellOf<Row>({ cell, as }: Column<Row>, row: Row): Html {
  return html`<td${classOf(as)}>${cell(row)}</td>`;
}

function classOf(as: Column<never>['as']): Html | undefined {
  return as && html` class="${as}"`;
}

function note<Row>({ rows, most, file }: Sortable<Row>): Html | undefined {
  if (rows.length <= most) return undefined;
  return html`<p class="note">The first ${grouped(most)} of ${counted(rows.length, 'row')} in the order chosen; <code>${file}</code> has all.</p>`;
}

function comparing<Row>({ by, direction }: Order<Row>): (one: Row, other: Row) => number {
  const sign = direction === 'ascending' ? 1 : -1;
  return (one, other) => {
    const [first, second] = [by(one), by(other)];
    if (first === second) return 0;
    return first < second ? -sign : sign;
  };
}
