using KnowledgeGraph.Api.Views;
using Npgsql;

namespace KnowledgeGraph.Api.Reports;

/// <summary>The bytes and texts of the reports, by report id.</summary>
public sealed class Documents(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Keeps a report, in the transaction that registers it.</summary>
    public Task AddAsync(
        NpgsqlTransaction transaction, string id, ReadOnlyMemory<byte> bytes, string text, string mediaType, string? fileName, CancellationToken cancellation) =>
        transaction.ExecuteAsync(
            "insert into kg.documents (id, bytes, text, media_type, file_name, created) values ($1, $2, $3, $4, $5, $6)",
            [id, bytes, text, mediaType, fileName, time.GetUtcNow()],
            cancellation);

    /// <summary>The text of a report; null where there is no such report.</summary>
    public async Task<string?> TextAsync(string id, CancellationToken cancellation)
    {
        var rows = await database.QueryAsync("select text from kg.documents where id = $1", [id], row => row.GetString(0), cancellation);
        return rows.SingleOrDefault();
    }
}
