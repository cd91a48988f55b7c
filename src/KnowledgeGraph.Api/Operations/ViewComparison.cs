using System.Text.Json;
using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Operations;

/// <summary>One row that the live view and the rebuilt one do not share.</summary>
/// <param name="Key">What makes the row unique.</param>
/// <param name="Live">The row as the live view has it; null where it has none.</param>
/// <param name="Rebuilt">The row as the events alone give it; null where they give none.</param>
public sealed record RowDifference(string Key, JsonElement? Live, JsonElement? Rebuilt);

/// <summary>How one view came out.</summary>
/// <param name="View">Its table.</param>
/// <param name="Rows">Rows rebuilt.</param>
/// <param name="DifferenceCount">Rows that differ.</param>
/// <param name="Differences">The first 20 of them.</param>
public sealed record ViewComparison(string View, long Rows, long DifferenceCount, IReadOnlyList<RowDifference> Differences)
{
    private const int DifferencesShown = 20;

    /// <summary>Compares all tables of a set in one schema with those in another, as the transaction sees them.</summary>
    public static async Task<IReadOnlyList<ViewComparison>> CompareAsync(
        NpgsqlTransaction transaction, ViewSet set, string rebuilt, CancellationToken cancellation)
    {
        var views = new List<ViewComparison>();
        foreach (var (table, key) in set.Tables)
        {
            var (rows, equal) = await DigestAsync(transaction, $"{set.Schema}.{table}", $"{rebuilt}.{table}", cancellation);
            views.Add(equal ? new ViewComparison(table, rows, 0, []) : await DifferencesAsync(transaction, set.Schema, rebuilt, table, key, cancellation));
        }

        return views;
    }

    // Tables are equal but for one case in 2^64; a pass over each, where a join would have to sort them.
    private static async Task<(long Rows, bool Equal)> DigestAsync(NpgsqlTransaction transaction, string live, string rebuilt, CancellationToken cancellation)
    {
        var digests = await transaction.QueryAsync(
            $"""
            select count(*), coalesce(sum(hashtextextended(row_to_json(t)::text, 0)), 0) from {rebuilt} t
            union all
            select count(*), coalesce(sum(hashtextextended(row_to_json(t)::text, 0)), 0) from {live} t
            """,
            [],
            row => (Rows: row.GetInt64(0), Sum: row.GetFieldValue<System.Numerics.BigInteger>(1)),
            cancellation);
        return (digests[0].Rows, digests[0] == digests[1]);
    }

    private static async Task<ViewComparison> DifferencesAsync(
        NpgsqlTransaction transaction, string liveSchema, string rebuiltSchema, string table, string key, CancellationToken cancellation)
    {
        // A row's text holds every column as it is stored; json has no equality of its own.
        var rows = await transaction.QueryAsync(
            $"""
            with live as (
                select {key} as key, row_to_json(t)::text as row from {liveSchema}.{table} t
            ), rebuilt as (
                select {key} as key, row_to_json(t)::text as row from {rebuiltSchema}.{table} t
            ), differing as (
                select key, live.row as live, rebuilt.row as rebuilt
                from live full join rebuilt using (key)
                where live.row is distinct from rebuilt.row
            ), shown as (
                select * from differing order by key limit {DifferencesShown}
            )
            select (select count(*) from rebuilt), (select count(*) from differing), shown.key, shown.live, shown.rebuilt
            from (select) one left join shown on true
            order by shown.key
            """,
            [],
            row => (Rows: row.GetInt64(0), Count: row.GetInt64(1), Key: row.Optional<string>(2), Live: row.Optional<string>(3), Rebuilt: row.Optional<string>(4)),
            cancellation);
        return new ViewComparison(table, rows[0].Rows, rows[0].Count, [.. rows.Where(row => row.Key is not null).Select(row =>
            new RowDifference(row.Key!, Parse(row.Live), Parse(row.Rebuilt)))]);

        static JsonElement? Parse(string? row) => row is null ? null : JsonElement.Parse(row);
    }
}
