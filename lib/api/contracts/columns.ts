/**
 * Columnar wire format for large numeric results: 4 bytes little-endian header length, a JSON header
 * (padded with spaces so that the data start is a multiple of 8), then the columns, each 8-byte aligned.
 * Dictionary columns are `u8`/`u16`/`u32` codes with `values` in the header; the code 0 means "none".
 */
export type ColumnType = 'f64' | 'f32' | 'u32' | 'i32' | 'u16' | 'u8' | 'uuid';

export type Column =
  | { readonly type: 'f64'; readonly data: Float64Array<ArrayBuffer> }
  | { readonly type: 'f32'; readonly data: Float32Array<ArrayBuffer> }
  | { readonly type: 'u32'; readonly data: Uint32Array<ArrayBuffer>; readonly values?: readonly string[] }
  | { readonly type: 'i32'; readonly data: Int32Array<ArrayBuffer> }
  | { readonly type: 'u16'; readonly data: Uint16Array<ArrayBuffer>; readonly values?: readonly string[] }
  | { readonly type: 'u8'; readonly data: Uint8Array<ArrayBuffer>; readonly values?: readonly string[] }
  /** 16 bytes a row. */
  | { readonly type: 'uuid'; readonly data: Uint8Array<ArrayBuffer> };

export type Columns = { readonly rows: number; readonly columns: Readonly<Record<string, Column>> };

type HeaderColumn = { name: string; type: ColumnType; offset: number; bytes: number; values?: readonly string[] };

const align8 = (bytes: number) => (bytes + 7) & ~7;
const bytesPerRow: Record<ColumnType, number> = { f64: 8, f32: 4, u32: 4, i32: 4, u16: 2, u8: 1, uuid: 16 };

/** Encodes columns; throws RangeError when a column's length does not match `rows`. */
export function encodeColumns({ rows, columns }: Columns): Uint8Array<ArrayBuffer> {
  let offset = 0;
  const header: HeaderColumn[] = Object.entries(columns).map(([name, column]) => {
    const bytes = column.data.byteLength;
    if (bytes !== rows * bytesPerRow[column.type]) {
      throw new RangeError(`Column ${name} holds ${bytes} bytes, ${rows * bytesPerRow[column.type]} expected for ${rows} rows.`);
    }
    const entry: HeaderColumn = { name, type: column.type, offset, bytes };
    if ('values' in column && column.values) entry.values = column.values;
    offset += align8(bytes);
    return entry;
  });
  const json = new TextEncoder().encode(JSON.stringify({ rows, columns: header }));
  const start = align8(4 + json.byteLength);
  const out = new Uint8Array(start + offset);
  out.fill(32, 4, start);
  new DataView(out.buffer).setUint32(0, start - 4, true);
  out.set(json, 4);
  for (const entry of header) {
    const { data } = columns[entry.name]!;
    out.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start + entry.offset);
  }
  return out;
}

/** Decodes without copying: the typed arrays are views of `buffer`. */
export function decodeColumns(buffer: ArrayBuffer): Columns {
  const headerLength = new DataView(buffer).getUint32(0, true);
  const start = 4 + headerLength;
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, headerLength))) as { rows: number; columns: HeaderColumn[] };
  const columns: Record<string, Column> = {};
  for (const entry of header.columns) columns[entry.name] = viewColumn(buffer, start + entry.offset, entry);
  return { rows: header.rows, columns };
}

function viewColumn(buffer: ArrayBuffer, at: number, { type, bytes, values }: HeaderColumn): Column {
  const length = bytes / (type === 'uuid' ? 1 : bytesPerRow[type]);
  const dictionary = values ? { values } : {};
  switch (type) {
    case 'f64':
      return { type, data: new Float64Array(buffer, at, length) };
    case 'f32':
      return { type, data: new Float32Array(buffer, at, length) };
    case 'i32':
      return { type, data: new Int32Array(buffer, at, length) };
    case 'u32':
      return { type, data: new Uint32Array(buffer, at, length), ...dictionary };
    case 'u16':
      return { type, data: new Uint16Array(buffer, at, length), ...dictionary };
    case 'u8':
      return { type, data: new Uint8Array(buffer, at, length), ...dictionary };
    case 'uuid':
      return { type, data: new Uint8Array(buffer, at, length) };
  }
}

const hexDigits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
const dash = 45;
const idLength = 36;

/**
 * The ids of a uuid column's data. All are cut from one text: joining 36 characters per id anew takes ten times as
 * long, and joined ids are slow keys of a map besides.
 */
export function unpackUuids(data: Uint8Array): string[] {
  const rows = data.length / 16;
  const text = new Uint8Array(rows * idLength);
  for (let i = 0, at = 0; i < data.length; i++) {
    const byte = i % 16;
    if (byte === 4 || byte === 6 || byte === 8 || byte === 10) text[at++] = dash;
    text[at++] = hexDigits[data[i]! >> 4]!;
    text[at++] = hexDigits[data[i]! & 15]!;
  }
  const ids = new TextDecoder().decode(text);
  return Array.from({ length: rows }, (_, row) => ids.slice(row * idLength, (row + 1) * idLength));
}

/** Packs ids into a uuid column's data. */
export function packUuids(ids: readonly string[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(ids.length * 16);
  ids.forEach((id, row) => {
    const hex = id.replaceAll('-', '');
    for (let i = 0; i < 16; i++) out[row * 16 + i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  });
  return out;
}
