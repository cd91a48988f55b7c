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
        var closed = await CloseAsync(transaction, schema, changes, cancellation);
        var opened = Several.Select(changes.Opened, held => ClaimCell.Of(held).Select(one => new OpenedValue(held, one.Subject, one.Cell, one.Value)).ToList())
            .SelectMany(values => values).ToList();
        if (opened.Count > 0)
        {
            await WriteCellsAsync(transaction, schema, [.. opened.Select(one => one.Cell).DistinctBy(cell => cell.Key)], cancellation);
            await WriteValuesAsync(transaction, schema, opened, cancellation);
        }

        if (changes.IsOfDecision)
            await ClaimStates.RestateAsync(transaction, schema, [.. closed.Concat(opened.Select(one => (one.Subject, one.Cell.Key))).Distinct()], changes.At, cancellation);
        else
            await ClaimStates.AddAsync(transaction, schema, opened, cancellation);
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

    private static async Task<List<(string Subject, Guid Cell)>> CloseAsync(NpgsqlTransaction transaction, string schema, FactChanges changes, CancellationToken cancellation) =>
        changes.Closed.Count == 0 ? [] : await transaction.QueryAsync(
            $"""
            update {schema}.claim_values set to_sequence = $2
            where fact_id = any($1) and to_sequence = {Moment.Open}
            returning entity_id, cell
            """,
            [changes.Closed.ToArray(), changes.At],
            row => (row.GetString(0), row.GetGuid(1)),
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

    private static Task WriteValuesAsync(NpgsqlTransaction transaction, string schema, List<OpenedValue> rows, CancellationToken cancellation) => CopyRows.WriteAsync(
        transaction,
        $"""
        {schema}.claim_values (
            entity_id, cell, fact_id, stage, from_sequence, sequence, type, low, high, bound, calendar_period, report_id, published, starts, speaker, origin,
            standing, is_corrected)
        """,
        rows,
        (copy, row) => copy.Row(18).Text(row.Subject).Uuid(row.Cell.Key).Uuid(row.Value.FactId).Smallint((short)row.Value.Stage)
            .Bigint(row.Held.From).Bigint(row.Held.Recorded).Text(row.Value.Type).Numeric(row.Value.Figure.Low).Numeric(row.Value.Figure.High)
            .Text(row.Value.Figure.Bound).Text(row.Value.CalendarPeriod).Text(row.Value.ReportId).Date(row.Value.Published).Date(row.Held.Happened.Starts)
            .Text(row.Value.Speaker).Text(row.Value.Origin).Smallint((short)row.Value.Standing).Boolean(row.Value.IsCorrected),
        cancellation);
}

/// <summary>A number of a fact that holds from now on, under the subject that the fact was recorded with.</summary>
internal sealed record OpenedValue(HeldFact Held, string Subject, ClaimCell Cell, ClaimValue Value);
