import type { QualityLabel, SampleRole, Split } from '@/lib/api/contracts/common';
import { AssayError } from '@/lib/errors';
import { labelOf, numberOf, qualityOf, roleOf, splitOf, textOf } from './cells';
import type { ColumnPlan, ColumnUse } from './column-plan';
import { badTable, checkBothClasses, checkExtent, type FeatureTable, type TableFields } from './feature-table';

type Columns = { role: SampleRole[]; label: SampleRole[]; split: (Split | null)[]; qualityLabel: (QualityLabel | null)[]; defectType: (string | null)[]; generator: (string | null)[]; name: (string | null)[] };

/** Gathers cells, row by row or column by column, into a table. */
export class TableBuilder {
  private values: Float64Array;
  private readonly fields: Columns = { role: [], label: [], split: [], qualityLabel: [], defectType: [], generator: [], name: [] };
  private rows = 0;
  private readonly width: number;

  /** @param rows how many will come, where it is known */
  constructor(private readonly file: string, private readonly plan: ColumnPlan, rows = 0, private readonly decimalComma = false) {
    this.width = plan.features.length;
    // Without any role every table is a row too few; the extent is looked at before memory is taken.
    checkExtent(file, Math.max(rows, 1), this.width);
    this.values = new Float64Array(Math.max(rows, 256) * this.width);
  }

  /** @throws AssayError `data.ragged`, `data.not_finite`, `table.invalid`, `data.too_large` */
  addRow(cells: readonly unknown[]): void {
    const { uses, names } = this.plan;
    if (cells.length !== names.length) {
      throw new AssayError('data.ragged', `${this.file}: row ${this.rows + 1} has ${cells.length} values where the header has ${names.length} columns.`);
    }
    this.grow(this.rows + 1);
    for (const [i, use] of uses.entries()) this.put(use, this.rows, names[i]!, cells[i]);
    this.rows += 1;
  }

  /** Cells of one column for consecutive rows, from 0. */
  addCells(column: string, from: number, cells: ArrayLike<unknown>): void {
    const use = this.plan.uses[this.plan.names.indexOf(column)];
    if (use === undefined) throw badTable(`${this.file}: the column "${column}" is not in the header.`);
    this.grow(from + cells.length);
    for (let i = 0; i < cells.length; i += 1) this.put(use, from + i, column, cells[i]);
    this.rows = Math.max(this.rows, from + cells.length);
  }

  /** @throws AssayError `data.too_few_rows`, `data.one_class` */
  finish(): FeatureTable {
    checkExtent(this.file, this.rows, this.width);
    const { role, label, ...others } = this.fields;
    if (role.length === 0 && label.length > 0) checkBothClasses(this.file, this.plan.names[this.plan.uses.findIndex(({ kind }) => kind === 'label')] ?? '', label);
    const roles = role.length > 0 ? role : label;
    const told = Object.entries({ ...others, role: roles }).filter(([, values]) => values.length > 0);
    return { columns: this.plan.features, rows: this.rows, values: this.values.subarray(0, this.rows * this.width), fields: Object.fromEntries(told) as TableFields };
  }

  private grow(rows: number): void {
    if (rows * this.width <= this.values.length) return;
    checkExtent(this.file, rows, this.width);
    const bigger = new Float64Array(Math.max(rows * this.width, this.values.length * 2));
    bigger.set(this.values);
    this.values = bigger;
  }

  private put(use: ColumnUse, index: number, column: string, cell: unknown): void {
    const place = { file: this.file, row: index + 1, column };
    switch (use.kind) {
      case 'feature':
        this.values[index * this.width + use.at] = numberOf(cell, place, this.decimalComma);
        break;
      case 'role':
        this.fields.role[index] = roleOf(cell, place);
        break;
      case 'label':
        this.fields.label[index] = labelOf(cell, place);
        break;
      case 'split':
        this.fields.split[index] = splitOf(cell, place);
        break;
      case 'qualityLabel':
        this.fields.qualityLabel[index] = qualityOf(cell, place);
        break;
      default:
        this.fields[use.kind][index] = textOf(cell);
    }
  }
}
