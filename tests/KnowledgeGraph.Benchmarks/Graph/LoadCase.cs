using Npgsql;

namespace KnowledgeGraph.Benchmarks.Graph;

/// <summary>A kind of request, and the requests of it, drawn by Zipf's law as what they are about: what is much written about is much asked for.</summary>
internal sealed record LoadCase(string Name, IReadOnlyList<string> Paths)
{
    public static async Task<IReadOnlyList<LoadCase>> ChooseAsync(NpgsqlDataSource database, int count)
    {
        var random = new Random(1);
        var subjects = new List<(string Id, string Name, Guid Claim)>();
        while (subjects.Count < count)
        {
            if (await FindAsync(database, ZipfReports.Draw(random)) is { } subject)
                subjects.Add(subject);
        }

        return
        [
            new("timeline", [.. subjects.Select(subject => $"/entities/{subject.Id}/timeline")]),
            new("entity", [.. subjects.Select(subject => $"/entities/{subject.Id}")]),
            new("search", [.. subjects.Select(subject => $"/entities?q={Uri.EscapeDataString(subject.Name)}")]),
            new("prefix", [.. subjects.Select(subject => $"/entities?q={Uri.EscapeDataString(subject.Name[..5])}")]),
            new("claim", [.. subjects.Select(subject => $"/claims/{subject.Claim}")]),
            new("graph", [.. subjects.Select(subject => $"/graph?root={Uri.EscapeDataString(subject.Id)}&depth=2")]),
        ];
    }

    // A subject that no fact with a number is about has no claim, and another is drawn.
    private static async Task<(string Id, string Name, Guid Claim)?> FindAsync(NpgsqlDataSource database, string id)
    {
        await using var command = database.CreateCommand(
            "select c.subject, e.name, c.id from views.claims c join views.entities e on e.id = c.subject where c.subject = $1 order by c.id limit 1");
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? (reader.GetString(0), reader.GetString(1), reader.GetGuid(2)) : null;
    }
}
