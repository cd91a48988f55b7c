// Prints the rows of a Parquet file as DuckDB reads them, a line of JSON each, after a line with the columns and their types.
import { DuckDBInstance } from "@duckdb/node-api";

const connection = await (await DuckDBInstance.create()).connect();
await connection.run("set timezone = 'UTC'");
const reader = await connection.runAndReadAll("select * from read_parquet($1)", [process.argv[2]]);
const names = reader.columnNames();
console.log(JSON.stringify(Object.fromEntries(names.map((name, i) => [name, String(reader.columnTypes()[i])]))));
for (const row of reader.getRowObjectsJson()) console.log(JSON.stringify(row));
