import { readFileSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

// Prisma's own schema engine compiled to WebAssembly. The CLI would download a native one, which a closed network refuses.

globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => process.stderr.write(`schema engine: ${message}\n`) };
const wasm = readFileSync(new URL('./schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm')));
const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), { './schema_engine_bg.js': engine });
engine.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();

const Kind = ColumnTypeEnum;
/** PostgreSQL type → what the engine expects. The adapter lacks the catalogue's one-byte "char" (18). */
const KINDS = {
  ...{ 16: Kind.Boolean, 17: Kind.Bytes, 18: Kind.Character, 20: Kind.Int64, 21: Kind.Int32, 23: Kind.Int32, 26: Kind.Int64 },
  ...{ 700: Kind.Float, 701: Kind.Double, 1700: Kind.Numeric, 114: Kind.Json, 3802: Kind.Json, 2950: Kind.Uuid },
  ...{ 1082: Kind.Date, 1083: Kind.Time, 1114: Kind.DateTime, 1184: Kind.DateTime },
  ...{ 1000: Kind.BooleanArray, 1002: Kind.CharacterArray, 1003: Kind.TextArray, 1009: Kind.TextArray, 1015: Kind.TextArray },
  ...{ 1005: Kind.Int32Array, 1007: Kind.Int32Array, 1016: Kind.Int64Array, 1028: Kind.Int64Array },
};

function widen(connection) {
  connection.queryRaw = async (query) => {
    const { fields, rows } = await connection.performIO(query);
    return {
      columnNames: fields.map((field) => field.name),
      columnTypes: fields.map((field) => KINDS[field.dataTypeID] ?? Kind.Text),
      rows,
    };
  };
  const start = connection.startTransaction?.bind(connection);
  if (start) connection.startTransaction = async (isolation) => widen(await start(isolation));
  return connection;
}

class Factory extends PrismaPg {
  async connect() {
    return widen(await super.connect());
  }
}

/**
 * Opens the schema engine on a database.
 * @param {string} databaseUrl
 */
export const openEngine = (databaseUrl) =>
  engine.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new Factory({ connectionString: databaseUrl })),
  );
