using System.Text.Json;
using KnowledgeGraph.Api.Http;
using KnowledgeGraph.Api.Views;
using KnowledgeGraph.Domain.Facts;
using Npgsql;

namespace KnowledgeGraph.Api.Claims;

/// <summary>The view of claims' values: a row for each number of each fact that holds, and for each claim what its values come to.</summary>
internal static class ClaimRows
{
    /// <summary>The columns that <see cref="Read"/> reads, from <c>claim_values v</c>.</summary>
    public const string Columns = "v.fact_id, v.type, v.stage, v.low, v.high, v.bound, v.calendar_period, v.report_id, v.published, v.speaker, v.origin, v.standing, v.is_corrected, v.sequence";

    public static async Task WriteAsync(NpgsqlTransaction transaction, string schema, FactChanges changes, CancellationToken cancellation)
    {
        var touched = await CloseAsync(transaction, schema, changes, cancellation);
        var opened = changes.Opened.SelectMany(held => ClaimCell.Of(held).Select(one => (Held: held, one.Subject, one.Cell, one.Value))).ToList();
        if (opened.Count > 0)
        {
            await WriteCellsAsync(transaction, schema, [.. opened.Select(one => one.Cell).DistinctBy(cell => cell.Key)], cancellation);
            await WriteValuesAsync(transaction, schema, opened, cancellation);
            touched.AddRange(opened.Select(one => new TouchedCell(one.Subject, one.Cell.Key, one.Held.From)));
        }

        await ClaimStates.RestateAsync(transaction, schema, touched, cancellation);
    }

    /// <param name="reader">Where <see cref="Columns"/> were selected.</param>
    /// <param name="at">The first of them.</param>
    public static ClaimValue Read(NpgsqlDataReader reader, int at) => new(
        reader.GetGuid(at),
        reader.GetString(at + 1),
        (Stage)reader.GetInt16(at + 2),
        new Figure(reader.GetDecimal(at + 3), reader.GetDecimal(at + 4), reader.Optional<string>(at + 5)),
        reader.Optional<string>(at + 6),
        reader.GetString(at + 7),
        reader.Optional<DateOnly?>(at + 8),
        reader.GetString(at + 9),
        reader.GetString(at + 10),
        (FactStanding)reader.GetInt16(at + 11),
        reader.GetBoolean(at + 12),
        reader.GetInt64(at + 13));

    private static async Task<List<TouchedCell>> CloseAsync(NpgsqlTransaction transaction, string schema, FactChanges changes, CancellationToken cancellation) =>
        changes.Closed.Count == 0 ? [] : await transaction.QueryAsync(
            $"""
            update {schema}.claim_values set to_sequence = $2
            where fact_id = any($1) and to_sequence = {Moment.Open}
            returning entity_id, cell
            """,
            [changes.Closed.ToArray(), changes.At],
            row => new TouchedCell(row.GetString(0), row.GetGuid(1), changes.At),
            cancellation);

    private static async Task WriteCellsAsync(NpgsqlTransaction transaction, string schema, List<ClaimCell> cells, CancellationToken cancellation) =>
        await transaction.ExecuteAsync(
            $"""
            insert into {schema}.claim_cells (cell, metric, period, basis)
            select cell, metric, period, basis::json from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as row (cell, metric, period, basis)
            on conflict (cell) do nothing
            """,
            [
                cells.Select(cell => cell.Key).ToArray(),
                cells.Select(cell => cell.Metric).ToArray(),
                cells.Select(cell => cell.Period).ToArray(),
                cells.Select(cell => JsonSerializer.Serialize(cell.Basis, Json.Options)).ToArray(),
            ],
            cancellation);

    private static async Task WriteValuesAsync(
        NpgsqlTransaction transaction,
        string schema,
        List<(HeldFact Held, string Subject, ClaimCell Cell, ClaimValue Value)> rows,
        CancellationToken cancellation) =>
        await transaction.ExecuteAsync(
            $"""
            insert into {schema}.claim_values
                (entity_id, cell, fact_id, stage, from_sequence, sequence, type, low, high, bound, calendar_period, report_id, published, starts, speaker, origin, standing, is_corrected)
            select * from unnest(
                $1::text[], $2::uuid[], $3::uuid[], $4::smallint[], $5::bigint[], $6::bigint[], $7::text[], $8::numeric[], $9::numeric[],
                $10::text[], $11::text[], $12::text[], $13::date[], $14::date[], $15::text[], $16::text[], $17::smallint[], $18::boolean[])
            """,
            [
                rows.Select(row => row.Subject).ToArray(),
                rows.Select(row => row.Cell.Key).ToArray(),
                rows.Select(row => row.Value.FactId).ToArray(),
                rows.Select(row => (short)row.Value.Stage).ToArray(),
                rows.Select(row => row.Held.From).ToArray(),
                rows.Select(row => row.Held.Recorded).ToArray(),
                rows.Select(row => row.Value.Type).ToArray(),
                rows.Select(row => row.Value.Figure.Low).ToArray(),
                rows.Select(row => row.Value.Figure.High).ToArray(),
                rows.Select(row => row.Value.Figure.Bound).ToArray(),
                rows.Select(row => row.Value.CalendarPeriod).ToArray(),
                rows.Select(row => row.Value.ReportId).ToArray(),
                rows.Select(row => row.Value.Published).ToArray(),
                rows.Select(row => row.Held.Happened.Starts).ToArray(),
                rows.Select(row => row.Value.Speaker).ToArray(),
                rows.Select(row => row.Value.Origin).ToArray(),
                rows.Select(row => (short)row.Value.Standing).ToArray(),
                rows.Select(row => row.Value.IsCorrected).ToArray(),
            ],
            cancellation);
}
