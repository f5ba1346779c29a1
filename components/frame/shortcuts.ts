/** The keys that Assay knows, as the help sheet lists them. */
export const shortcuts: readonly { title: string; keys: readonly (readonly [keys: readonly string[], what: string])[] }[] = [
  {
    title: 'Everywhere',
    keys: [
      [['Ctrl', 'K'], 'Commands: go to, start, switch'],
      [['?'], 'This sheet'],
      [['/'], 'Filter'],
      [['Esc'], 'Close, clear'],
    ],
  },
  {
    title: 'Scores and review',
    keys: [
      [['A'], 'Accept'],
      [['R'], 'Reject, then 1 to 6 for the reason'],
      [['S'], 'Skip'],
      [['U'], 'Undo your last decision'],
      [['J'], 'Next sample'],
      [['K'], 'Previous sample'],
      [['Space'], 'Hold: nearest normal in its place'],
      [['M'], 'Mask'],
      [['I'], 'Why this score'],
    ],
  },
  {
    title: 'Map',
    keys: [
      [['L'], 'Lasso'],
      [['G'], 'Pan'],
    ],
  },
  {
    title: 'Samples',
    keys: [
      [['Ctrl', 'A'], 'Select all that match'],
      [['Shift', 'Click'], 'Select a range'],
      [['Enter'], 'Open the sample'],
      [['Space'], 'Select the sample'],
    ],
  },
];
