/** One line of a measurement: what was measured, the figure, and the aim it is held against, if there is one. */
export type Figure = {
  readonly what: string;
  readonly value: string;
  readonly aim?: string;
  readonly met?: boolean;
};

/** Prints figures as a table under a title. */
export function print(title: string, figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ what }) => what.length));
  console.log(`\n${title}`);
  for (const { what, value, aim, met } of figures) {
    const verdict = aim === undefined ? '' : `   aim ${aim}: ${met === true ? 'met' : 'MISSED'}`;
    console.log(`  ${what.padEnd(width)}  ${value}${verdict}`);
  }
}
